package io.undertone.evaluation.ablation;

import java.util.Arrays;

/** All tokens of a channel, learned in pieces wherever utterances end. */
final class TokenStream {
  private int[] tokens;
  private int learned;

  /**
   * @param history tokens that are not learned
   */
  TokenStream(int[] history) {
    this.tokens = history.clone();
    this.learned = history.length;
  }

  void append(int[] utterance) {
    int before = tokens.length;
    tokens = Arrays.copyOf(tokens, before + utterance.length);
    System.arraycopy(utterance, 0, tokens, before, utterance.length);
  }

  /** Number of tokens that are in no piece yet. */
  int unlearned() {
    return tokens.length - learned;
  }

  /**
   * The tokens before the next piece.
   *
   * @param most largest number of tokens
   */
  int[] prefix(int most) {
    return Arrays.copyOfRange(tokens, Math.max(0, learned - most), learned);
  }

  /** The next piece. */
  int[] takePiece(int length) {
    learned += length;
    return Arrays.copyOfRange(tokens, learned - length, learned);
  }
}
