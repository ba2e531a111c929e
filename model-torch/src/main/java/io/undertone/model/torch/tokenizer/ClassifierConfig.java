package io.undertone.model.torch.tokenizer;

import io.undertone.model.Emotion;
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

  /** How many different tokens there are. */
  int codebookSize() {
    return Arrays.stream(levels).reduce(1, Math::multiplyExact);
  }
}
