package io.undertone.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.undertone.audio.Pcm;
import io.undertone.model.Emotion;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.features.FrameFeatures;
import io.undertone.model.torch.features.StackedFeatures;
import io.undertone.model.torch.features.Voices;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import io.undertone.training.features.ClipFeatures;
import io.undertone.training.features.FeatureStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrossFitTest {

  private static final List<String> LABELS = List.of("hap", "sad", "ang", "neu");
  private static final ProgressLog QUIET =
      new ProgressLog(new PrintStream(OutputStream.nullOutputStream()));

  @TempDir Path directory;

  @Test
  void aSpeakersClassifierWasTrainedWithoutThem() {
    float[][] before = logProbabilities("before", 700);
    float[][] after = logProbabilities("after", 1500);

    assertThat(after[0]).as("classifier without a, after a changed").isEqualTo(before[0]);
    assertThat(after[1]).as("classifier without b, after a changed").isNotEqualTo(before[1]);
  }

  /** Of one sound, by the classifier trained without a and the one without b. */
  private float[][] logProbabilities(String work, double formantHzOfA) {
    Pcm sound = Voices.vowel(180, 900, 1);
    List<Clip> train = clips("a", "b");
    try (TorchDevice device = TorchDevice.openCpu()) {
      return device.call(
          () -> {
            try (NDManager manager = device.newManager()) {
              Path file = directory.resolve(work + ".features");
              FeatureStore store =
                  FeatureStore.of(file, train, path -> voice(path, formantHzOfA), 1, QUIET);
              TokenizerStage stage =
                  new TokenizerStage(manager, new ClipFeatures(store, 1), LABELS, 3, QUIET);
              CrossFit crossFit = CrossFit.of(stage, train, List.of(), 1, directory.resolve(work));
              return new float[][] {
                crossFit.without("a").logProbabilities(StackedFeatures.of(FrameFeatures.of(sound))),
                crossFit.without("b").logProbabilities(StackedFeatures.of(FrameFeatures.of(sound)))
              };
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private static Pcm voice(String path, double formantHzOfA) {
    double formantHz = path.startsWith("a") ? formantHzOfA : 700;
    return Voices.vowel(100 + 20 * (path.charAt(1) - '0'), formantHz, 1);
  }

  private static List<Clip> clips(String... speakers) {
    List<Clip> clips = new ArrayList<>();
    for (String speaker : speakers) {
      for (Emotion emotion : Emotion.values()) {
        clips.add(
            new Clip(
                speaker + emotion.ordinal(),
                "voices",
                speaker,
                emotion.shortName(),
                Optional.of(emotion),
                Optional.empty(),
                Split.TRAIN));
      }
    }
    return clips;
  }
}
