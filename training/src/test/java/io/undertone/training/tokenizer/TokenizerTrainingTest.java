package io.undertone.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.Emotion;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.tokenizer.EncoderConfig;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.sampling.LabelTargets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTrainingTest {

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @TempDir Path directory;

  /** Weights are made when they are first used, so an untrained classifier has none. */
  @Test
  void savesNoClassifierWithoutAnOutput() {
    Clip clip =
        new Clip(
            "a.wav",
            "voices",
            "a",
            "anger",
            Optional.of(Emotion.ANGRY),
            Optional.empty(),
            Split.TRAIN);

    device.run(
        () -> {
          try (FeatureStore store = FeatureStore.open(directory.resolve("features"), "none")) {
            TokenizerTraining training =
                new TokenizerTraining(
                    device.manager(), config(), store, LabelTargets.of(List.of(clip)));

            assertThatThrownBy(() -> training.saveClassifier(List.of(clip), directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the classifier must have a weight classifier.out.bias, but has []");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    assertThat(TrainedTokenizer.networkIsIn(directory)).isFalse();
  }

  private static TokenizerTrainingConfig config() {
    EncoderConfig encoder = new EncoderConfig(8, 16, new int[] {1}, new int[] {8, 5, 5, 5});
    return new TokenizerTrainingConfig(encoder, 1, 1e-3f, 0, 0.5f, 0, 1);
  }
}
