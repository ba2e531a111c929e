package io.undertone.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Pcm;
import io.undertone.model.torch.features.Voices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestClipsTest {

  private static final String HEADER =
      "path,corpus,speaker,emotion,emotion4,official_split,begin_ms,end_ms\n";

  @TempDir Path directory;

  @Test
  void readsPartsOfRecordingsFromTheFolderOfEachManifest() throws IOException {
    Pcm speech = Voices.vowel(150, 700, 2);
    Path one = manifest("one", "a.wav,one,1,anger,ang,train,500,1250\n");
    Path two = manifest("two", "a.wav,two,1,fear,,train,,\n");
    Voices.write(one.resolveSibling("a.wav"), speech);
    Voices.write(two.resolveSibling("a.wav"), speech);

    ManifestClips read = ManifestClips.read(List.of(one, two), Optional.empty(), Set.of());

    assertThat(read.clips()).extracting(Clip::corpus).containsExactly("one", "two");
    Pcm whole = read.audio(read.clips().get(1), 8000);
    Pcm part = read.audio(read.clips().get(0), 8000);
    assertThat(whole.samples()).hasSize(16_000);
    assertThat(part.samples()).hasSize(6000);
    assertThat(part.samples()[0]).isEqualTo(whole.samples()[4000]);
  }

  @Test
  void namesAPartThatIsNotInItsRecording() throws IOException {
    Path manifest = manifest("one", "a.wav,one,1,anger,ang,train,500,1250\n");
    Voices.write(manifest.resolveSibling("a.wav"), Voices.vowel(150, 700, 1));
    ManifestClips read = ManifestClips.read(List.of(manifest), Optional.empty(), Set.of());

    assertThatThrownBy(() -> read.audio(read.clips().get(0), 8000))
        .isInstanceOf(CorpusException.class)
        .hasMessageEndingWith("a.wav: end_ms must be at most the recording's 1000, but is 1250");
  }

  @Test
  void rejectsAClipThatIsGivenTwiceAndASpeakerInTwoSplits() throws IOException {
    Path one = manifest("one", "a.wav,one,1,anger,ang,train,,\n");
    Path two = manifest("two", "b.wav,one,1,anger,ang,dev,,\n");

    assertThatThrownBy(() -> ManifestClips.read(List.of(one, one), Optional.empty(), Set.of()))
        .isInstanceOf(CorpusException.class)
        .hasMessageEndingWith("clip one/a.wav must be given once");
    assertThatThrownBy(() -> ManifestClips.read(List.of(one, two), Optional.empty(), Set.of()))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("speaker one/1 must be in one split");
  }

  private Path manifest(String folder, String rows) throws IOException {
    Path made = Files.createDirectories(directory.resolve(folder));
    return Files.writeString(made.resolve("clips.csv"), HEADER + rows);
  }
}
