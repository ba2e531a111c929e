package io.undertone.training.recipe;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.encoder.Arithmetic;
import io.undertone.model.torch.features.FeatureExtractor;
import io.undertone.model.torch.features.WhisperFeatures;
import io.undertone.model.torch.features.WhisperFeaturesConfig;
import io.undertone.model.torch.tokenizer.EncoderConfig;
import io.undertone.model.torch.tokenizer.TokenizerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pretrained encoder that a model listens through.
 *
 * @param directory of an {@code openai/whisper-*} model, or of its first layers
 * @param features what is read from its layers
 */
public record EncoderSource(Path directory, WhisperFeaturesConfig features) {

  private static final int FEWEST_LAYERS = 2;
  private static final int WIDTH = 192;
  private static final int[] DILATIONS = {1, 2, 4};
  private static final int[] LEVELS = {8, 5, 5, 5};
  private static final int FINGERPRINT_BYTES = 8;

  /**
   * The first layers of an encoder: tokens are made of the middle and the last one, statistics of
   * these and the one between them.
   *
   * @param layers at least 2
   */
  public static EncoderSource of(Path directory, int layers) {
    if (layers < FEWEST_LAYERS) {
      throw new IllegalArgumentException(
          "encoder layers must be at least %d, but are %d".formatted(FEWEST_LAYERS, layers));
    }
    int middle = layers / 2;
    return new EncoderSource(
        directory,
        new WhisperFeaturesConfig(
            WhisperFeaturesConfig.DEFAULT.sampleRateHz(),
            List.of(middle, layers),
            Stream.of(middle, (middle + layers) / 2, layers).distinct().toList()));
  }

  /** Opens the encoder in float32, so that the same clips give the same model on each machine. */
  FeatureExtractor open(NDManager manager) {
    return WhisperFeatures.load(directory, features, Arithmetic.FLOAT32, manager);
  }

  /** A tokenizer of 1000 codes on features of a width. */
  TokenizerConfig tokenizer(int inputWidth) {
    return TokenizerConfig.whisper(
        new EncoderConfig(inputWidth, WIDTH, DILATIONS, LEVELS), features);
  }

  /** Identifies the encoder by its files' content, and what is read from it. */
  public String fingerprint() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files.filter(EncoderSource::matters).sorted().toList()) {
        try (InputStream in = Files.newInputStream(file);
            OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
          in.transferTo(out);
        }
      }
      String content = HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
      return "encoder %s, %s".formatted(content, features);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static boolean matters(Path file) {
    return file.endsWith("config.json") || file.toString().endsWith(".safetensors");
  }
}
