package io.undertone.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Pcm;
import io.undertone.model.EmotionModel;
import io.undertone.model.FakeEmotionModel;
import io.undertone.model.torch.UtteranceTooShortException;
import io.undertone.model.torch.features.Voices;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.ClipAudio;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.Manifest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluates a fake model, whose estimate depends on every sample. */
class ClipEvaluationTest {

  @TempDir Path directory;

  @Test
  void aClipIsThePartOfItsRecordingThatTheManifestNames() throws IOException {
    Pcm call = Voices.vowel(150, 700, 2);
    int rateHz = call.sampleRateHz();
    Voices.write(directory.resolve("call.wav"), call);
    Voices.write(
        directory.resolve("cut.wav"),
        new Pcm(Arrays.copyOfRange(call.samples(), rateHz / 2, rateHz), rateHz));

    SortedMap<String, ClipMetrics> metrics =
        evaluate(
            """
            path,corpus,speaker,emotion,emotion4,official_split,begin_ms,end_ms
            call.wav,whole,1,anger,ang,test,,
            call.wav,part,1,anger,ang,test,500,1000
            cut.wav,cut,1,anger,ang,test,,
            """);

    assertThat(loss(metrics, "part"))
        .isEqualTo(loss(metrics, "cut"))
        .isNotEqualTo(loss(metrics, "whole"));
  }

  @Test
  void namesAClipThatIsTooShort() throws IOException {
    Voices.write(directory.resolve("a.wav"), Voices.vowel(150, 700, 1));
    Voices.write(directory.resolve("b.wav"), Voices.vowel(150, 700, 0.1));
    List<Clip> clips =
        clips(
            """
            path,corpus,speaker,emotion,emotion4,official_split
            a.wav,one,1,anger,ang,test
            b.wav,one,1,anger,ang,test
            """);
    ClipModel model =
        utterances -> {
          UtteranceTooShortException.check(
              utterances.stream().map(ClipEvaluationTest::wholeSeconds).toList(), utterances);
          throw new AssertionError("an utterance must be too short");
        };

    assertThatThrownBy(
            () ->
                new ClipEvaluation(model, new ClipAudio(directory, 8000)::read, quiet()).run(clips))
        .isInstanceOf(CorpusException.class)
        .hasMessage("b.wav: utterance must be at least one token long, but has 800 samples");
  }

  /** A token a second. */
  private static SpeechTokens wholeSeconds(Pcm utterance) {
    return new SpeechTokens(new int[utterance.samples().length / utterance.sampleRateHz()], 1);
  }

  private SortedMap<String, ClipMetrics> evaluate(String manifest) throws IOException {
    try (EmotionModel model = new FakeEmotionModel("1")) {
      return new ClipEvaluation(
              ClipModel.of(model), new ClipAudio(directory, model.sampleRateHz())::read, quiet())
          .run(clips(manifest));
    }
  }

  private List<Clip> clips(String manifest) throws IOException {
    return Manifest.read(Files.writeString(directory.resolve("clips.csv"), manifest), Set.of());
  }

  private static ProgressLog quiet() {
    return new ProgressLog(new PrintStream(OutputStream.nullOutputStream()));
  }

  private static double loss(SortedMap<String, ClipMetrics> metrics, String corpus) {
    return Objects.requireNonNull(metrics.get(corpus)).model().negativeLogLikelihood();
  }
}
