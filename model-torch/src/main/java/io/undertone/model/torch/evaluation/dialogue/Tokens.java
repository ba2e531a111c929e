package io.undertone.model.torch.evaluation.dialogue;

import java.util.Arrays;

/** Small work on token sequences. */
final class Tokens {

  private Tokens() {}

  /** The last tokens of a sequence, or all where there are fewer. */
  static int[] last(int[] tokens, int count) {
    return Arrays.copyOfRange(tokens, Math.max(0, tokens.length - count), tokens.length);
  }

  /** A token with a sequence behind it. */
  static int[] prepend(int first, int[] tokens) {
    int[] longer = new int[tokens.length + 1];
    longer[0] = first;
    System.arraycopy(tokens, 0, longer, 1, tokens.length);
    return longer;
  }
}
