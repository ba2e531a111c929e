package io.undertone.model.torch.tokenizer;

import io.undertone.model.torch.features.StackedFeatures;
import io.undertone.model.torch.features.WhisperFeaturesConfig;
import java.util.Optional;

/**
 * Settings of an {@link FsqSpeechTokenizer}.
 *
 * @param network shape of its network
 * @param input features that the network reads; empty for {@link
 *     io.undertone.model.torch.features.AcousticFeatures}
 */
public record TokenizerConfig(EncoderConfig network, Optional<WhisperInput> input) {

  /** Where {@link #whisper} expects the pretrained encoder. */
  public static final String ENCODER_DIRECTORY = "encoder";

  /**
   * Features of a pretrained Whisper encoder.
   *
   * @param directory of the encoder, within the model's directory
   */
  public record WhisperInput(String directory, WhisperFeaturesConfig features) {}

  public TokenizerConfig {
    if (input.isEmpty() && network.inputWidth() != StackedFeatures.WIDTH) {
      throw new IllegalArgumentException(
          "inputWidth must be %d for acoustic features, but is %d"
              .formatted(StackedFeatures.WIDTH, network.inputWidth()));
    }
  }

  /** A tokenizer of acoustic features. */
  public static TokenizerConfig acoustic(EncoderConfig network) {
    return new TokenizerConfig(network, Optional.empty());
  }

  /** A tokenizer of the encoder in {@value #ENCODER_DIRECTORY}. */
  public static TokenizerConfig whisper(EncoderConfig network, WhisperFeaturesConfig features) {
    return new TokenizerConfig(network, Optional.of(new WhisperInput(ENCODER_DIRECTORY, features)));
  }
}
