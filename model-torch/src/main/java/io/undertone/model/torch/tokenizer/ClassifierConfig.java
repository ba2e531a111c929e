package io.undertone.model.torch.tokenizer;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import java.util.Arrays;
import java.util.List;

/**
 * Shape of a {@link ClassifierNetwork}.
 *
 * @param levels of the quantizer
 * @param width of the embedding of a token
 * @param gruWidth of each of the two directions
 * @param labels the classes: the short names of all emotions, and possibly others
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
   * Softmax over the model's emotions. Other labels are left out.
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

  /** Number of different tokens. */
  int codebookSize() {
    return Arrays.stream(levels).reduce(1, Math::multiplyExact);
  }
}
