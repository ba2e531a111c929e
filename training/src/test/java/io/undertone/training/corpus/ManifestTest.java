package io.undertone.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

  private static final String HEADER = "path,corpus,speaker,emotion,emotion4,official_split\n";

  @TempDir Path directory;

  @Test
  void readsClipsOfTheChosenCorpora() throws IOException {
    Path file =
        manifest(
            HEADER
                + "a.flac,one,7,anger,ang,test\nb.flac,two,8,fear,,\nc.flac,one,9,happy,hap,dev\n");

    List<Clip> clips = Manifest.read(file, Set.of("one"));

    assertThat(clips)
        .containsExactly(
            new Clip(
                "a.flac",
                "one",
                "one/7",
                "anger",
                Optional.of(Emotion.ANGRY),
                Optional.empty(),
                Split.TEST),
            new Clip(
                "c.flac",
                "one",
                "one/9",
                "happy",
                Optional.of(Emotion.HAPPY),
                Optional.empty(),
                Split.DEV));
    assertThat(Manifest.read(file, Set.of("two")))
        .containsExactly(
            new Clip(
                "b.flac", "two", "two/8", "fear", Optional.empty(), Optional.empty(), Split.TRAIN));
  }

  @Test
  void readsTheListenersMajorityIfItIsAClassOfTheModel() throws IOException {
    StringBuilder text = new StringBuilder(HEADER.replace("\n", ",perceived_voice\n"));
    for (String majority : List.of("A", "H", "N", "S", "D", "N:S", "")) {
      text.append("a.flac,one,7,anger,ang,test,").append(majority).append('\n');
    }

    assertThat(Manifest.read(manifest(text.toString()), Set.of()))
        .extracting(Clip::perceived)
        .containsExactly(
            Optional.of(Emotion.ANGRY),
            Optional.of(Emotion.HAPPY),
            Optional.of(Emotion.NEUTRAL),
            Optional.of(Emotion.SAD),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  @Test
  void namesTheMissingColumn() throws IOException {
    Path file = manifest("path,corpus,speaker,emotion,emotion4\n");

    assertThatThrownBy(() -> Manifest.read(file, Set.of()))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("column 'official_split' is missing");
  }

  @Test
  void namesLineAndValueOfAnUnknownEmotion() throws IOException {
    Path file = manifest(HEADER + "a.flac,one,7,joy,joy,train\n");

    assertThatThrownBy(() -> Manifest.read(file, Set.of()))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining(
            "line 2: emotion4 must be one of hap, sad, ang, neu, or empty, but is 'joy'");
  }

  @Test
  void rejectsACorpusWithoutClips() throws IOException {
    Path file = manifest(HEADER + "a.flac,one,7,anger,ang,train\n");

    assertThatThrownBy(() -> Manifest.read(file, Set.of("two")))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("no clips of corpora [two]");
  }

  @Test
  void namesASpeakerWhoIsInTwoSplits() throws IOException {
    Path file = manifest(HEADER + "a.flac,one,7,anger,ang,train\nb.flac,one,7,anger,ang,test\n");

    assertThatThrownBy(() -> Manifest.read(file, Set.of()))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("speaker one/7 must be in one split, but is in TRAIN and TEST");
  }

  @Test
  void readsGenderAndTheTargetOfAPartWithoutALabel() throws IOException {
    Path file =
        manifest(
            HEADER.replace("\n", ",gender,weak,begin_ms,end_ms\n")
                + "a.flac,one,7,anger,ang,train,f,,,\n"
                + "b.flac,everyday,b,,,dev,,neutral,500,1700\n"
                + "c.flac,everyday,c,,,,,hap=0.2;sad=0.1;ang=0.1;neu=0.6,,\n");

    List<Clip> clips = Manifest.read(file, Set.of());

    assertThat(clips.get(0).gender()).isEqualTo("f");
    assertThat(clips.get(0).weak()).isEmpty();
    assertThat(clips.get(1).part()).contains(new ClipPart(500, 1700));
    assertThat(clips.get(1).id()).isEqualTo("everyday/b.flac@500-1700");
    assertThat(clips.get(1).weak())
        .contains(new EmotionEstimate(new float[] {0.1f, 0.06f, 0.1f, 0.74f}));
    assertThat(clips.get(2).weak())
        .contains(new EmotionEstimate(new float[] {0.2f, 0.1f, 0.1f, 0.6f}));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mostly",
        "hap=0.2;sad=0.1;ang=0.1",
        "hap=0.2;sad=0.1;ang=0.1;neu=0.7",
        "hap=0.2;hap=0.2;ang=0.1;neu=0.5",
        "hap=0;sad=0.3;ang=0.1;neu=0.6"
      })
  void namesLineAndValueOfAnInvalidTarget(String weak) throws IOException {
    Path file = manifest(HEADER.replace("\n", ",weak\n") + "a.flac,one,7,,,train," + weak + "\n");

    assertThatThrownBy(() -> Manifest.read(file, Set.of()))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("line 2: weak must be empty, neutral, or probabilities")
        .hasMessageEndingWith("but is '" + weak + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"anger,ang,train,neutral", ",,train,"})
  void aClipHasEitherAnEmotionOrATarget(String columns) throws IOException {
    Path file = manifest(HEADER.replace("\n", ",weak\n") + "a.flac,one,7," + columns + "\n");

    assertThatThrownBy(() -> Manifest.read(file, Set.of()))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("line 2: a clip must have either emotion or weak");
  }

  @ParameterizedTest
  @CsvSource({
    "x,900,begin_ms must be a whole number of milliseconds",
    "100,,end_ms must be a whole number of milliseconds",
    "900,900,begin_ms must be at least 0 and below end_ms"
  })
  void namesLineAndValueOfAnInvalidPart(String begin, @Nullable String end, String message)
      throws IOException {
    String part = begin + "," + (end == null ? "" : end);
    Path file =
        manifest(
            HEADER.replace("\n", ",begin_ms,end_ms\n") + "a.flac,one,7,anger,ang,," + part + "\n");

    assertThatThrownBy(() -> Manifest.read(file, Set.of()))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("line 2: " + message);
  }

  private Path manifest(String text) throws IOException {
    return Files.writeString(directory.resolve("manifest.csv"), text);
  }
}
