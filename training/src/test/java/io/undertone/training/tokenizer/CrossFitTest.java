package io.undertone.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Pcm;
import io.undertone.model.Emotion;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.features.AcousticFeatures;
import io.undertone.model.torch.features.UtteranceFeatures;
import io.undertone.model.torch.features.Voices;
import io.undertone.model.torch.tokenizer.EncoderConfig;
import io.undertone.model.torch.tokenizer.TokenizerConfig;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.sampling.LabelTargets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CrossFitTest {

  private static final List<String> LABELS = List.of("hap", "sad", "ang", "neu");
  private static final ProgressLog QUIET =
      new ProgressLog(new PrintStream(OutputStream.nullOutputStream()));

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

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
    List<Clip> train = clips("a", "b");
    return device.call(
        () -> {
          try (FeatureStore store =
              FeatureStore.open(directory.resolve(work + ".features"), "acoustic")) {
            AcousticFeatures extractor = new AcousticFeatures();
            store.add(train, clip -> voice(clip.path(), formantHzOfA), extractor, QUIET);
            TokenizerStage stage =
                new TokenizerStage(
                    device.manager(),
                    store,
                    new LabelTargets(LABELS),
                    TokenizerConfig.acoustic(
                        new EncoderConfig(
                            extractor.width(), 16, new int[] {1}, new int[] {8, 5, 5, 5})),
                    extractor.statisticsWidth(),
                    3,
                    QUIET);
            CrossFit crossFit = CrossFit.of(stage, train, List.of(), 1, directory.resolve(work));
            UtteranceFeatures sound = extractor.extract(List.of(Voices.vowel(180, 900, 1))).get(0);
            return new float[][] {
              crossFit.without("a").classify(sound).emotions(),
              crossFit.without("b").classify(sound).emotions()
            };
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
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
