package io.undertone.operators.emit;

import io.undertone.model.EmotionEstimate;
import java.io.Serializable;

/**
 * What events name as the emotion.
 *
 * @param uncertainBelow an estimate whose largest probability is below this names {@value
 *     #UNCERTAIN} as its emotion; 0 for none
 */
public record EmitOptions(double uncertainBelow) implements Serializable {

  /** The emotion of an estimate that is too uncertain to name one. */
  public static final String UNCERTAIN = "uncertain";

  private static final long serialVersionUID = 1L;

  public EmitOptions {
    if (!(uncertainBelow >= 0 && uncertainBelow <= 1)) {
      throw new IllegalArgumentException(
          "uncertainBelow must be from 0 to 1, but is " + uncertainBelow);
    }
  }

  /** Every event names the most probable emotion. */
  public static EmitOptions defaults() {
    return new EmitOptions(0);
  }

  boolean isCertain(EmotionEstimate estimate) {
    return estimate.confidence() >= uncertainBelow;
  }

  /** The emotion that events name. */
  String emotion(EmotionEstimate estimate) {
    return isCertain(estimate) ? estimate.emotion().longName() : UNCERTAIN;
  }
}
