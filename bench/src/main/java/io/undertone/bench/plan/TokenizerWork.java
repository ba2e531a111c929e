package io.undertone.bench.plan;

import io.undertone.model.torch.encoder.WhisperConfig;
import io.undertone.model.torch.encoder.WhisperEncoder;
import io.undertone.model.torch.features.TokenFeatures;
import io.undertone.model.torch.features.WhisperFeaturesConfig;
import io.undertone.model.torch.tokenizer.EncoderConfig;
import io.undertone.model.torch.tokenizer.SpeechEncoder;
import io.undertone.model.torch.tokenizer.TokenizerConfig;
import io.undertone.model.torch.tokenizer.TokenizerConfigFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Floating point operations of a tokenizer.
 *
 * @param networkWeights number of its network's weights; each is used once per token
 * @param pretrained the encoder that its input comes from, if any
 */
record TokenizerWork(long networkWeights, Optional<Pretrained> pretrained) {
  private static final int ROWS_PER_TOKEN = WhisperEncoder.RATE_HZ / TokenFeatures.RATE_HZ;

  /**
   * A pretrained encoder.
   *
   * @param layers number of layers that run
   */
  record Pretrained(WhisperConfig config, int layers) {}

  static TokenizerWork read(Path directory) {
    TokenizerConfig config = TokenizerConfigFile.read(directory);
    return new TokenizerWork(
        SpeechEncoder.weightsPerToken(config.network()),
        config.input().map(input -> pretrained(directory, input)));
  }

  private static Pretrained pretrained(Path directory, TokenizerConfig.WhisperInput input) {
    WhisperFeaturesConfig features = input.features();
    return new Pretrained(
        WhisperConfig.read(directory.resolve(input.directory())), features.highestLayer());
  }

  /** The tokenizer of acoustic features that this project trains. */
  static TokenizerWork acoustic() {
    return new TokenizerWork(
        SpeechEncoder.weightsPerToken(EncoderConfig.DEFAULT), Optional.empty());
  }

  /** Floating point operations for an utterance of so many tokens; a multiply-add counts as two. */
  double flops(int tokens) {
    double network = 2.0 * tokens * networkWeights;
    return network
        + pretrained
            .map(encoder -> encoder.config().flops(encoder.layers(), ROWS_PER_TOKEN * tokens))
            .orElse(0.0);
  }
}
