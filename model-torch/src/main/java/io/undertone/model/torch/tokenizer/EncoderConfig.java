package io.undertone.model.torch.tokenizer;

/**
 * Shape of a {@link SpeechEncoder}.
 *
 * @param width channels of the hidden layers
 * @param dilations of the residual blocks, first to last; one block each
 * @param levels of the quantizer
 */
public record EncoderConfig(int width, int[] dilations, int[] levels) {

  /** 1000 codes; a token sees 1.4 s of speech around it, and the mean of the whole utterance. */
  public static final EncoderConfig DEFAULT =
      new EncoderConfig(160, new int[] {1, 2, 4, 8, 2}, new int[] {8, 5, 5, 5});
}
