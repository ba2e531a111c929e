package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.encoder.SmallEncoder;
import io.undertone.model.torch.features.WhisperFeaturesConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Writes tokenizers with random weights, small enough for unit tests. */
public final class RandomTokenizer {
  public static final WhisperFeaturesConfig FEATURES =
      new WhisperFeaturesConfig(8000, List.of(1, 3), List.of(2, 3));

  /** Number of statistics of {@link #FEATURES}. */
  public static final int STATISTICS = 2 * 2 * SmallEncoder.CONFIG.width();

  private RandomTokenizer() {}

  /** Writes a tokenizer of Whisper's features, with its encoder, into a model's directory. */
  public static void writeWhisper(Path directory, NDManager manager, int... levels) {
    Path encoder = directory.resolve(TokenizerConfig.ENCODER_DIRECTORY);
    try {
      Files.createDirectories(encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SmallEncoder.write(encoder, manager);
    EncoderConfig network =
        new EncoderConfig(2 * SmallEncoder.CONFIG.width(), 12, new int[] {1, 2}, levels);
    TokenizerConfig config = TokenizerConfig.whisper(network, FEATURES);
    FsqSpeechTokenizer.save(directory, config, weights(network, manager));
  }

  /** Writes a head of {@link #STATISTICS} for the labels of {@link RandomClassifier}. */
  public static void writeHead(Path directory, int voiceWidth, NDManager manager) {
    int labels = RandomClassifier.LABELS.size();
    UtteranceHead.save(
        directory,
        Map.of(
            "mean", drawn(1, new Shape(STATISTICS), 0.1, manager),
            "scale", manager.ones(new Shape(STATISTICS)),
            "labels.weight", drawn(2, new Shape(labels, STATISTICS), 0.3, manager),
            "labels.bias", drawn(3, new Shape(labels), 0.5, manager),
            "voice.weight", drawn(4, new Shape(voiceWidth, STATISTICS), 0.1, manager)));
  }

  /** The weights of a network, created when it first uses them. */
  static Map<String, NDArray> weights(EncoderConfig config, NDManager manager) {
    Map<String, NDArray> weights = new HashMap<>();
    Layers.WeightSource drawn =
        (name, shape, fanIn) ->
            weights.computeIfAbsent(
                name, any -> drawn(name.hashCode(), shape, bound(name, fanIn), manager));
    new SpeechEncoder(new Layers(drawn), config)
        .encode(
            manager.zeros(new Shape(1, config.inputWidth(), 2)),
            manager.ones(new Shape(1, 1, 2)),
            UnaryOperator.identity());
    return weights;
  }

  /** Lets the convolutions over time outweigh biases and the utterance's context. */
  private static double bound(String name, int fanIn) {
    return fanIn == 0 || name.contains("context") ? 0.1 : 4 / Math.sqrt(fanIn);
  }

  private static NDArray drawn(long seed, Shape shape, double bound, NDManager manager) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-bound, bound);
    }
    try (NDArray view = manager.create(values, shape)) {
      return view.duplicate();
    }
  }
}
