package io.undertone.model.torch.tokenizer;

import io.undertone.model.torch.features.StackedFeatures;

/**
 * Shape of a {@link SpeechEncoder}.
 *
 * @param inputWidth values of a row of features
 * @param width channels of the hidden layers
 * @param dilations of the residual blocks, first to last; one block each
 * @param levels of the quantizer
 */
public record EncoderConfig(int inputWidth, int width, int[] dilations, int[] levels) {

  /**
   * For acoustic features: 1000 codes; a token depends on 1.4 s of speech around it and on the mean
   * of the whole utterance.
   */
  public static final EncoderConfig DEFAULT =
      new EncoderConfig(
          StackedFeatures.WIDTH, 160, new int[] {1, 2, 4, 8, 2}, new int[] {8, 5, 5, 5});
}
