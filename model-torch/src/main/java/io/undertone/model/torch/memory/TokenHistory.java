package io.undertone.model.torch.memory;

import java.util.Arrays;

/** The last tokens of a conversation, oldest first. Immutable. */
public final class TokenHistory {
  private final int[] tokens;

  private TokenHistory(int[] tokens) {
    this.tokens = tokens;
  }

  public static TokenHistory of(int... tokens) {
    return new TokenHistory(tokens.clone());
  }

  /** A copy. */
  public int[] tokens() {
    return tokens.clone();
  }

  public int length() {
    return tokens.length;
  }

  /** The last {@code most} tokens, or all if there are fewer. */
  public int[] last(int most) {
    return last(tokens, most);
  }

  /** The history after an utterance, cut to the last {@code most} tokens. */
  public TokenHistory with(int[] utterance, int most) {
    int[] longer = Arrays.copyOf(tokens, tokens.length + utterance.length);
    System.arraycopy(utterance, 0, longer, tokens.length, utterance.length);
    return new TokenHistory(last(longer, most));
  }

  private static int[] last(int[] tokens, int most) {
    return Arrays.copyOfRange(tokens, Math.max(0, tokens.length - most), tokens.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenHistory that && Arrays.equals(tokens, that.tokens);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }

  @Override
  public String toString() {
    return Arrays.toString(tokens);
  }
}
