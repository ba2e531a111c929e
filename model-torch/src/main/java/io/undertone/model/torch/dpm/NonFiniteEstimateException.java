package io.undertone.model.torch.dpm;

import java.util.Arrays;

/** The decoder's own result is not finite, whatever the memory: its weights cannot be used. */
public final class NonFiniteEstimateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private NonFiniteEstimateException(float[] probabilities) {
    super("probabilities must be finite, but are " + Arrays.toString(probabilities));
  }

  static void check(float[][] rows) {
    for (float[] probabilities : rows) {
      for (float probability : probabilities) {
        if (!Float.isFinite(probability)) {
          throw new NonFiniteEstimateException(probabilities);
        }
      }
    }
  }
}
