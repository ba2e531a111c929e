package io.undertone.model.torch.tokenizer;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import java.util.Arrays;
import java.util.List;

/**
 * Shape of a {@link ClassifierNetwork}.
 *
 * @param levels of the quantizer whose tokens are heard
 * @param width of what each token is embedded to
 * @param gruWidth of each of the two directions
 * @param labels what is told apart: the short names of all emotions, and maybe others
 */
public record ClassifierConfig(int[] levels, int width, int gruWidth, List<String> labels) {

  public ClassifierConfig {
    labels = List.copyOf(labels);
    for (Emotion emotion : Emotion.values()) {
      if (!labels.contains(emotion.shortName())) {
        throw new IllegalArgumentException(
            "labels must have " + emotion.shortName() + ", but are " + labels);
      }
    }
  }

  /**
   * Softmax over the model's emotions, whatever else is told apart.
   *
   * @param logits of the labels, in their order
   */
  public EmotionEstimate estimate(float[] logits) {
    Emotion[] emotions = Emotion.values();
    double[] weights = new double[emotions.length];
    double sum = 0;
    for (Emotion emotion : emotions) {
      float logit = logits[labels.indexOf(emotion.shortName())];
      weights[emotion.ordinal()] = Math.exp(logit);
      sum += weights[emotion.ordinal()];
    }
    float[] probabilities = new float[emotions.length];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = (float) (weights[i] / sum);
    }
    return new EmotionEstimate(probabilities);
  }

  /** How many different tokens there are. */
  int codebookSize() {
    return Arrays.stream(levels).reduce(1, Math::multiplyExact);
  }
}
