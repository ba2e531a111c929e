package io.undertone.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.file.AudioFileException;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.schemas.AudioChunk;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // Set before each test.
class SoakCallTest {
  private SoakCall call;

  @BeforeEach
  void readSpeech() throws AudioFileException {
    call =
        new SoakCall(
            SpeechClips.read(Path.of("../demo/calls/lost-parcel.flac")).withoutPauses(), 12);
  }

  @Test
  void anUtteranceCountsInTheTurnInWhichItEnds() {
    assertThat(List.of(1, 2, 5, 11, 12)).allMatch(turns -> call.utterances(turns) == turns);
  }

  @Test
  void aShorterCallIsAPrefixOfTheLongestWithItsOwnId() {
    List<AudioChunk> chunks = call.chunks("short", 2, 1_000);

    assertThat(chunks).hasSize(120);
    assertThat(chunks).filteredOn(AudioChunk::getLastChunk).containsExactly(chunks.get(119));
    assertThat(chunks.get(119).getConversationId()).isEqualTo("short");
    assertThat(chunks.get(119).getCaptureTimeMs()).isEqualTo(1_000 + 11_900);
  }
}
