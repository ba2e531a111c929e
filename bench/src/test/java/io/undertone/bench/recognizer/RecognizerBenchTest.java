package io.undertone.bench.recognizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.file.AudioFileException;
import io.undertone.bench.measure.Effort;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.bench.plan.ModelShape;
import io.undertone.bench.plan.Work;
import io.undertone.bench.voice.VoiceActivityBench;
import io.undertone.model.FakeEmotionModel;
import io.undertone.model.torch.device.DeviceChoice;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The smallest runs, with a model that computes nothing: speed is not asserted. */
class RecognizerBenchTest {
  private static SpeechClips speech() throws AudioFileException {
    return SpeechClips.read(Path.of("../demo/calls/lost-parcel.flac"));
  }

  @Test
  void measuresEachSizeAndClosesWhatItOpened() throws AudioFileException {
    Work work = new Work(ModelShape.read(Path.of("../models/undertone-small")));
    try (FakeEmotionModel model = new FakeEmotionModel("fake")) {
      RecognizerBench.Result result =
          new RecognizerBench(model, DeviceChoice.CPU, work, speech()).run(Effort.SMOKE);

      assertThat(result.rows()).extracting(RecognizerBench.Row::batch).containsExactly(1, 2);
      assertThat(result.row(2, 1_000).utterancesPerSecond()).isPositive();
      assertThat(result.sgemmGflops()).isPositive();
      assertThat(result.stateBytes()).isPositive();
      assertThat(model.openMemories()).isZero();
      assertThatThrownBy(() -> result.row(3, 1_000))
          .hasMessage("batch must be one that was measured, but is 3 at 1000 ms");
    }
  }

  @Test
  void followsACallToItsEnd() throws AudioFileException {
    try (FakeEmotionModel model = new FakeEmotionModel("fake")) {
      CallLengthBench.Result result = CallLengthBench.run(model, speech(), Effort.SMOKE);

      assertThat(result.lastUtterance()).isEqualTo(60);
      assertThat(result.coreMsByUtterance()).isNotEmpty();
      assertThat(model.openMemories()).isZero();
    }
  }

  @Test
  void measuresSegmentationOfACall() throws AudioFileException {
    VoiceActivityBench.Result result = VoiceActivityBench.measure(speech(), Effort.SMOKE);

    assertThat(result.channels()).isPositive();
    assertThat(result.channelsEachFrame()).isPositive();
  }
}
