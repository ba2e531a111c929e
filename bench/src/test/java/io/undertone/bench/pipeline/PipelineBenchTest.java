package io.undertone.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.file.AudioFileException;
import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.bench.measure.Effort;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.model.FakeEmotionModelFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The smallest run of each, through a broker and a cluster: speed is not asserted. */
@SuppressWarnings("NullAway.Init") // Set before all tests.
class PipelineBenchTest {
  private static SpeechClips speech;

  @BeforeAll
  static void readSpeech() throws AudioFileException {
    speech = SpeechClips.read(Path.of("../demo/calls/lost-parcel.flac")).withoutPauses();
  }

  @Test
  void theFloodIsReadToItsEnd() throws BenchFailedException, InterruptedException {
    ChunkFlood.Result result = ChunkFlood.run(speech, Effort.SMOKE);

    assertThat(result.chunks()).isEqualTo(800);
    assertThat(result.chunksPerSecond()).isPositive();
    assertThat(result.coreMicrosPerChunk()).isPositive();
  }

  @Test
  void liveCallsAreRecognizedFromEndToEnd() throws BenchFailedException, InterruptedException {
    LiveCalls.Result result = LiveCalls.run(new FakeEmotionModelFactory(), speech, Effort.SMOKE);

    assertThat(result.levels()).hasSize(1);
    LiveCalls.Level level = result.levels().get(0);
    assertThat(level.calls()).isEqualTo(2);
    assertThat(level.utterances()).isGreaterThanOrEqualTo(2);
    assertThat(level.latencyMs().p50())
        .as("no event comes before the pause, less the padding of an utterance's end")
        .isGreaterThan(SegmenterConfig.defaults().pauseMs() - 100);
  }

  @Test
  void callsFollowEachOtherWhileMemoryIsWatched()
      throws BenchFailedException, InterruptedException {
    SoakPlan plan = new SoakPlan(2, 2, 1, 1, 6);
    List<Soak.Sample> samples = new ArrayList<>();

    Soak.Result result = Soak.run(new FakeEmotionModelFactory(), speech, plan, samples::add);

    assertThat(result.callsBegun()).isEqualTo(4);
    assertThat(result.callsEnded()).isEqualTo(4);
    assertThat(result.utterancesRecognized())
        .isEqualTo(result.utterancesExpected())
        .isGreaterThanOrEqualTo(4);
    assertThat(samples).hasSize(6);
    assertThat(result.resident().bytes())
        .containsExactlyElementsOf(samples.stream().map(Soak.Sample::residentBytes).toList());
    assertThat(result.latencyMs().p50()).as("an event follows its utterance").isPositive();
  }

  @Test
  void checkpointsGrowWithCalls() throws BenchFailedException, InterruptedException {
    SortedMap<Integer, Long> bytes =
        CheckpointSizes.run(new FakeEmotionModelFactory(), speech, Effort.SMOKE);

    assertThat(bytes).containsOnlyKeys(1, 2);
    assertThat(bytes.get(2)).isGreaterThan(bytes.get(1));
  }
}
