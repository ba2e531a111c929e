package io.undertone.model.torch.memory;

import io.undertone.model.EmotionEstimate;
import java.util.Arrays;
import java.util.List;

/** The decoder's own estimate is not finite, whatever the memory: its weights are unusable. */
public final class NonFiniteEstimateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private NonFiniteEstimateException(float[] probabilities) {
    super("probabilities must be finite, but are " + Arrays.toString(probabilities));
  }

  /**
   * Throws if a probability is not finite.
   *
   * @param rows one per utterance
   */
  public static void check(float[][] rows) {
    for (float[] probabilities : rows) {
      for (float probability : probabilities) {
        if (!Float.isFinite(probability)) {
          throw new NonFiniteEstimateException(probabilities);
        }
      }
    }
  }

  /** The rows as estimates; throws if a probability is not finite. */
  public static List<EmotionEstimate> checked(float[][] rows) {
    check(rows);
    return Arrays.stream(rows).map(EmotionEstimate::new).toList();
  }
}
