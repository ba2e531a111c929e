package io.undertone.training.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.audio.Pcm;
import io.undertone.model.Emotion;
import io.undertone.model.torch.features.AcousticFeatures;
import io.undertone.model.torch.features.UtteranceFeatures;
import io.undertone.model.torch.features.Voices;
import io.undertone.training.ProgressLog;
import io.undertone.training.TrainingException;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.Split;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureStoreTest {

  private static final ProgressLog QUIET =
      new ProgressLog(new PrintStream(OutputStream.nullOutputStream()));
  private static final Clip FIRST = clip("a", Split.TRAIN);
  private static final Clip SECOND = clip("b", Split.DEV);

  @TempDir Path directory;

  private final List<Clip> read = new ArrayList<>();

  @Test
  void keepsRowsToThousandthsAndStatisticsExactly() throws IOException {
    try (FeatureStore store = open("encoder")) {
      add(store, FIRST);
    }
    try (FeatureStore store = open("encoder")) {
      UtteranceFeatures kept = store.features(FIRST, ClipVersion.RECORDED);
      UtteranceFeatures computed = new AcousticFeatures().extract(List.of(speech(FIRST))).get(0);
      assertThat(kept.rows().time()).isEqualTo(computed.rows().time()).isPositive();
      assertThat(store.time(FIRST, ClipVersion.RECORDED)).isEqualTo(computed.rows().time());
      assertThat(kept.statistics()).isEqualTo(computed.statistics()).isNotEmpty();
      assertThat(store.statistics(FIRST, ClipVersion.RECORDED)).isEqualTo(computed.statistics());
      float[] values = computed.rows().values();
      for (int i = 0; i < values.length; i++) {
        assertThat(kept.rows().values()[i]).isCloseTo(values[i], within(0.00051f));
      }
    }
  }

  @Test
  void aTrainingClipHasAllVersionsAndADevelopmentClipTwo() throws IOException {
    try (FeatureStore store = open("encoder")) {
      add(store, FIRST, SECOND);

      assertThat(store.rows(FIRST, ClipVersion.TELEPHONE).values())
          .isNotEqualTo(store.rows(FIRST, ClipVersion.RECORDED).values());
      assertThat(store.time(FIRST, ClipVersion.OTHER_VOICE)).isPositive();
      assertThat(store.time(SECOND, ClipVersion.TELEPHONE)).isPositive();
      assertThatThrownBy(() -> store.rows(SECOND, ClipVersion.OTHER_VOICE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("b.wav#OTHER_VOICE is not in");
    }
  }

  @Test
  void computesAgainOnlyWhatAStopLeftIncomplete() throws IOException {
    try (FeatureStore store = open("encoder")) {
      add(store, FIRST, SECOND);
    }
    byte[] whole = Files.readAllBytes(file());
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      channel.truncate(whole.length - 5);
    }
    read.clear();

    try (FeatureStore store = open("encoder")) {
      assertThat(store.time(SECOND, ClipVersion.RECORDED)).isPositive();
      assertThatThrownBy(() -> store.time(SECOND, ClipVersion.TELEPHONE))
          .isInstanceOf(IllegalArgumentException.class);
      add(store, FIRST, SECOND);
    }

    assertThat(read).containsExactly(SECOND);
    assertThat(file()).hasBinaryContent(whole);
  }

  @Test
  void saysWhichClipCannotBeRead() throws IOException {
    try (FeatureStore store = open("encoder")) {
      assertThatThrownBy(
              () ->
                  store.add(
                      List.of(FIRST),
                      clip -> {
                        throw new CorpusException(clip.path());
                      },
                      new AcousticFeatures(),
                      QUIET))
          .isInstanceOf(CorpusException.class)
          .hasMessage("a.wav");
    }
  }

  @Test
  void rejectsAFileOfAnotherEncoder() throws IOException {
    open("encoder").close();

    assertThatThrownBy(() -> open("another"))
        .isInstanceOf(TrainingException.class)
        .hasMessageEndingWith(
            "features.bin must hold features of version 3, another, seed 1, but holds those of"
                + " version 3, encoder, seed 1; delete it or name another file");
  }

  @Test
  void rejectsAFileOfSomethingElse() throws IOException {
    Files.writeString(file(), "path,corpus,speaker\n");

    assertThatThrownBy(() -> open("encoder"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("but holds something else;");
    assertThat(file()).hasContent("path,corpus,speaker\n");
  }

  private FeatureStore open(String origin) throws IOException {
    return FeatureStore.open(file(), origin);
  }

  private Path file() {
    return directory.resolve("features.bin");
  }

  private void add(FeatureStore store, Clip... clips) {
    store.add(
        List.of(clips),
        clip -> {
          read.add(clip);
          return speech(clip);
        },
        new AcousticFeatures(),
        QUIET);
  }

  private static Pcm speech(Clip clip) {
    return Voices.vowel(clip.equals(FIRST) ? 120 : 180, 700, 1);
  }

  private static Clip clip(String name, Split split) {
    return new Clip(
        name + ".wav",
        "voices",
        "voices/" + name,
        "anger",
        Optional.of(Emotion.ANGRY),
        Optional.empty(),
        split);
  }
}
