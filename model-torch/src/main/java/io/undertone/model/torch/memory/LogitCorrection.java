package io.undertone.model.torch.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.EmotionPrior;

/**
 * Corrects emotion logits z for overconfidence, and for another prior than the model was trained
 * with (Saerens, Latinne and Decaestecker, Neural Computation 2002). Let T be the temperature, π₀
 * the trained prior, and π the prior of the calls:
 *
 * <pre>
 * z / T + ln (π / π₀)
 * </pre>
 *
 * @param temperature T, found on voices that the model was not trained on (Guo et al., arXiv
 *     1706.04599); above 0
 * @param trainedPrior π₀
 * @param prior π
 */
public record LogitCorrection(double temperature, EmotionPrior trainedPrior, EmotionPrior prior) {

  /** Leaves logits as they are. */
  public static final LogitCorrection NONE =
      new LogitCorrection(1, EmotionPrior.UNIFORM, EmotionPrior.UNIFORM);

  /** Whether the prior is that of the training. */
  public boolean keepsPrior() {
    return prior.equals(trainedPrior);
  }

  /**
   * z / T + ln (π / π₀)
   *
   * @param logits z, (batch, classes)
   * @return (batch, classes)
   */
  public NDArray of(NDArray logits) {
    NDArray tempered = tempered(logits);
    if (keepsPrior()) {
      return tempered;
    }
    double[] ratios = prior.ratiosTo(trainedPrior);
    float[] logRatios = new float[ratios.length];
    for (int emotion = 0; emotion < ratios.length; emotion++) {
      logRatios[emotion] = (float) Math.log(ratios[emotion]);
    }
    return tempered.add(logits.getManager().create(logRatios, new Shape(1, ratios.length)));
  }

  /** z / T */
  public NDArray tempered(NDArray logits) {
    return temperature == 1 ? logits : logits.div((float) temperature);
  }
}
