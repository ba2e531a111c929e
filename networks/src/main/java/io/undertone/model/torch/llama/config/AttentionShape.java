package io.undertone.model.torch.llama.config;

/**
 * The heads of grouped-query attention: {@code heads / keyValueHeads} queries share a key.
 *
 * @param headWidth values of a head, even, since positions rotate pairs
 */
public record AttentionShape(int heads, int keyValueHeads, int headWidth) {

  public AttentionShape {
    if (keyValueHeads < 1 || heads < 1 || heads % keyValueHeads != 0) {
      throw new IllegalArgumentException(
          "heads must be a multiple of key-value heads, but are %d and %d"
              .formatted(heads, keyValueHeads));
    }
    if (headWidth < 2 || headWidth % 2 != 0) {
      throw new IllegalArgumentException(
          "head width must be even and at least 2, but is " + headWidth);
    }
  }

  public int queriesPerKey() {
    return heads / keyValueHeads;
  }

  public int queryWidth() {
    return heads * headWidth;
  }

  public int keyValueWidth() {
    return keyValueHeads * headWidth;
  }
}
