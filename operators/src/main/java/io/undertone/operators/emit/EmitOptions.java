package io.undertone.operators.emit;

import io.undertone.model.EmotionEstimate;
import java.io.Serializable;

/**
 * What events name as the emotion, and what else is told of a call.
 *
 * @param uncertainBelow an estimate whose largest probability is below this names {@value
 *     #UNCERTAIN} as its emotion; 0 for none
 * @param documents form of the documents of ended calls
 */
public record EmitOptions(double uncertainBelow, DocumentForm documents) implements Serializable {

  /** The emotion of an estimate that is too uncertain to name one. */
  public static final String UNCERTAIN = "uncertain";

  private static final long serialVersionUID = 1L;

  public EmitOptions {
    if (!(uncertainBelow >= 0 && uncertainBelow <= 1)) {
      throw new IllegalArgumentException(
          "uncertainBelow must be from 0 to 1, but is " + uncertainBelow);
    }
  }

  /** Without documents of calls. */
  public EmitOptions(double uncertainBelow) {
    this(uncertainBelow, DocumentForm.NONE);
  }

  /** Every event names the most probable emotion. */
  public static EmitOptions defaults() {
    return new EmitOptions(0);
  }

  public EmitOptions withDocuments(DocumentForm form) {
    return new EmitOptions(uncertainBelow, form);
  }

  boolean isCertain(EmotionEstimate estimate) {
    return estimate.confidence() >= uncertainBelow;
  }

  /** The emotion that events name. */
  String emotion(EmotionEstimate estimate) {
    return isCertain(estimate) ? estimate.emotion().longName() : UNCERTAIN;
  }
}
