package io.undertone.training.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Pcm;
import io.undertone.model.Emotion;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.features.AcousticFeatures;
import io.undertone.model.torch.features.Voices;
import io.undertone.model.torch.tokenizer.EncoderConfig;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import io.undertone.model.torch.tokenizer.TokenNetwork;
import io.undertone.model.torch.tokenizer.TokenizerConfig;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import io.undertone.training.evaluation.Metrics;
import io.undertone.training.features.ClipVersion;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.sampling.LabelTargets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTrainingTest {

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  private static final ProgressLog QUIET =
      new ProgressLog(new PrintStream(OutputStream.nullOutputStream()));

  /** A step is an epoch, since a batch has room for all clips. */
  private static final int STEPS = 60;

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

  @Test
  void learnsTheEmotionFromVowelsThatGiveItAway() {
    device.run(
        () -> {
          ByteArrayOutputStream said = new ByteArrayOutputStream();

          Metrics metrics = train(1e-2f, said);

          assertThat(metrics.negativeLogLikelihood()).isLessThan(Math.log(4) - 0.3);
          assertThat(said.toString(UTF_8)).doesNotContain("WARNING");
        });
  }

  @Test
  void warnsOfANetworkThatLearnedNothing() {
    device.run(
        () -> {
          ByteArrayOutputStream said = new ByteArrayOutputStream();

          train(0, said);

          assertThat(said.toString(UTF_8))
              .contains(
                  "WARNING: the token network estimates the same emotion for all 8 training clips");
        });
  }

  /** Trains on vowels of two speakers, and estimates those of a third. */
  private Metrics train(float learningRate, OutputStream said) {
    List<Clip> train = Stream.of("a", "b").flatMap(speaker -> clips(speaker, Split.TRAIN)).toList();
    List<Clip> dev = clips("c", Split.DEV).toList();
    try (FeatureStore store = FeatureStore.open(directory.resolve("features"), "acoustic")) {
      AcousticFeatures extractor = new AcousticFeatures();
      for (List<Clip> clips : List.of(train, dev)) {
        store.add(clips, TokenizerTrainingTest::vowel, extractor, QUIET);
      }
      EncoderConfig encoder =
          new EncoderConfig(extractor.width(), 16, new int[] {1}, new int[] {4, 4});
      TokenizerTraining training =
          new TokenizerTraining(
              device.manager(),
              new TokenizerTrainingConfig(encoder, STEPS, learningRate, 0, 0.1f, 0, 1),
              store,
              LabelTargets.of(train));

      training.run(train, dev, directory, new ProgressLog(new PrintStream(said, true, UTF_8)));

      training.saveClassifier(train, directory);
      FsqSpeechTokenizer.save(
          directory, TokenizerConfig.acoustic(encoder), training.encoderWeights());
      TokenNetwork network = TokenNetwork.load(directory, device.manager());
      TokenClassifier classifier =
          TokenClassifier.load(directory, network.codebookSize(), device.manager()).orElseThrow();
      Metrics metrics = new Metrics();
      for (Clip clip : dev) {
        int[] codes = network.encode(store.rows(clip, ClipVersion.RECORDED));
        metrics.add(clip.emotion().orElseThrow(), classifier.estimate(codes));
      }
      return metrics;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Clip> clips(String speaker, Split split) {
    return Stream.of(Emotion.values())
        .map(
            emotion ->
                new Clip(
                    speaker + emotion.ordinal(),
                    "voices",
                    speaker,
                    emotion.shortName(),
                    Optional.of(emotion),
                    Optional.empty(),
                    split));
  }

  /** The formant depends on the emotion, the pitch on the speaker. */
  private static Pcm vowel(Clip clip) {
    double formantHz = 500 + 700 * clip.emotion().orElseThrow().ordinal();
    return Voices.vowel(100 + 20 * (clip.speaker().charAt(0) - 'a'), formantHz, 1);
  }

  private static TokenizerTrainingConfig config() {
    EncoderConfig encoder = new EncoderConfig(8, 16, new int[] {1}, new int[] {8, 5, 5, 5});
    return new TokenizerTrainingConfig(encoder, 1, 1e-3f, 0, 0.5f, 0, 1);
  }
}
