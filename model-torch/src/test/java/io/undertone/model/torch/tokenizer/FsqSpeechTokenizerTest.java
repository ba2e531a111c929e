package io.undertone.model.torch.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.audio.Pcm;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.features.StackedFeatures;
import io.undertone.model.torch.features.Voices;
import io.undertone.model.torch.files.ModelFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FsqSpeechTokenizerTest {
  @TempDir private Path directory;

  @Test
  void aMissingWeightIsNamedWhenTheTokenizerIsRead() {
    assertRefused(
        EncoderConfig.DEFAULT,
        "speech-tokenizer.json: weight encoder.in.weight must have shape (160, 172, 3), but is"
            + " missing");
  }

  @Test
  void levelsThatTellNothingAreNamedWhenTheTokenizerIsRead() {
    assertRefused(
        new EncoderConfig(StackedFeatures.WIDTH, 8, new int[] {1}, new int[] {1}),
        "speech-tokenizer.json: levels must be at least 2, but are [1]");
  }

  @Test
  void aBatchHasTheTokensThatEachUtteranceHasAlone() {
    EncoderConfig config =
        new EncoderConfig(StackedFeatures.WIDTH, 24, new int[] {1, 2, 4}, new int[] {8, 5, 5});
    List<Pcm> utterances = new ArrayList<>();
    for (double seconds : new double[] {1.2, 3, 0.01, 2.9, 2.6, 3.1}) {
      utterances.add(Voices.vowel(100 + 20 * seconds, 400 + 300 * seconds, seconds));
    }
    onDevice(
        manager -> {
          FsqSpeechTokenizer.save(
              directory, TokenizerConfig.acoustic(config), weights(config, manager));
          FsqSpeechTokenizer tokenizer = FsqSpeechTokenizer.load(directory, manager);

          List<SpeechTokens> together = tokenizer.encode(utterances);

          for (int i = 0; i < utterances.size(); i++) {
            assertThat(together.get(i).ids()).isEqualTo(tokenizer.encode(utterances.get(i)).ids());
          }
          assertThat(together.get(2).ids()).isEmpty();
          assertThat(together.get(5).ids()).hasSizeGreaterThan(60);
          assertThat(together.stream().flatMapToInt(one -> Arrays.stream(one.ids())).distinct())
              .hasSizeGreaterThan(3);
          assertThat(tokenizer.encode(List.<Pcm>of())).isEmpty();
        });
  }

  /** The network asks for what it needs as it runs. */
  private static Map<String, NDArray> weights(EncoderConfig config, NDManager manager) {
    Map<String, NDArray> weights = new HashMap<>();
    Layers.WeightSource drawn =
        (name, shape, fanIn) ->
            weights.computeIfAbsent(
                name, any -> drawn(shape, name.equals("encoder.out.weight") ? 4 : 0.3, manager));
    new SpeechEncoder(new Layers(drawn), config)
        .encode(
            manager.zeros(new Shape(1, StackedFeatures.WIDTH, 2)),
            manager.ones(new Shape(1, 1, 2)),
            UnaryOperator.identity());
    return weights;
  }

  private static NDArray drawn(Shape shape, double bound, NDManager manager) {
    SplittableRandom random = new SplittableRandom(shape.size());
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-bound, bound);
    }
    try (NDArray view = manager.create(values, shape)) {
      return view.duplicate();
    }
  }

  private void assertRefused(EncoderConfig config, String message) {
    onDevice(
        manager -> {
          FsqSpeechTokenizer.save(
              directory,
              TokenizerConfig.acoustic(config),
              Map.of("other", manager.ones(new Shape(1))));
          assertThatThrownBy(() -> FsqSpeechTokenizer.load(directory, manager))
              .isInstanceOf(ModelFileException.class)
              .hasMessageEndingWith(message);
        });
  }

  private static void onDevice(Consumer<NDManager> work) {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              work.accept(manager);
            }
          });
    }
  }
}
