package io.undertone.model.torch.encoder;

/**
 * Shape of a Whisper encoder.
 *
 * @param melBands of the input
 * @param width of a position
 * @param layers that its files hold
 * @param heads of the attention; they share the width
 * @param feedForwardWidth hidden width of a layer's second part
 * @param positions the most that an utterance may have, {@value WhisperEncoder#RATE_HZ} a second
 */
public record WhisperConfig(
    int melBands, int width, int layers, int heads, int feedForwardWidth, int positions) {

  public WhisperConfig {
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "width must be a multiple of the %d heads, but is %d".formatted(heads, width));
    }
  }

  /** Width of an attention head. */
  public int headWidth() {
    return width / heads;
  }
}
