package io.undertone.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.Emotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void namesRowAndValueOfAnUnknownEmotion() throws IOException {
    Path file = manifest(HEADER + "a.flac,one,7,joy,joy,train\n");

    assertThatThrownBy(() -> Manifest.read(file, Set.of()))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("row 1: emotion must be one of hap, sad, ang, neu, but is 'joy'");
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

  private Path manifest(String text) throws IOException {
    return Files.writeString(directory.resolve("manifest.csv"), text);
  }
}
