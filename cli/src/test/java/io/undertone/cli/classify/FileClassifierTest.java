package io.undertone.cli.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Pcm;
import io.undertone.audio.vad.VadState;
import io.undertone.audio.vad.VoiceActivityDetector;
import io.undertone.cli.recording.Recording;
import io.undertone.cli.recording.Side;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.GatedModel;
import io.undertone.schemas.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileClassifierTest {

  private static final int RATE_HZ = 8000;

  @Test
  void eachSideGetsTheLastEstimateOfTheOtherSide() {
    GatedModel model = new GatedModel();
    model.release(3);
    Recording call =
        new Recording(
            Path.of("call.wav"),
            List.of(
                new Side(0, Role.CUSTOMER, speakingAt(1, 7)),
                new Side(1, Role.AGENT, speakingAt(4))));
    List<EmotionEstimate> estimates = new ArrayList<>();

    new FileClassifier(model, new Loudness(), "local")
        .classify(call, utterance -> estimates.add(utterance.recognition().estimate()));

    assertThat(model.batches().stream().map(batch -> batch.get(0).otherSide()))
        .containsExactly(
            Optional.empty(), Optional.of(estimates.get(0)), Optional.of(estimates.get(1)));
    assertThat(model.openMemories()).isZero();
    model.close();
  }

  /** Ten seconds, of which one each begins at a given second. */
  private static Pcm speakingAt(int... seconds) {
    float[] samples = new float[10 * RATE_HZ];
    for (int second : seconds) {
      Arrays.fill(samples, second * RATE_HZ, (second + 1) * RATE_HZ, 0.5f);
    }
    return new Pcm(samples, RATE_HZ);
  }

  /** Whatever is not silent is speech. */
  private static final class Loudness implements VoiceActivityDetector {

    @Override
    public VadState newState() {
      return new VadState(new float[0]);
    }

    @Override
    public float speechProbability(float[] frame, VadState state) {
      return frame[frame.length / 2] > 0 ? 1 : 0;
    }

    @Override
    public void skipSilence(float[] frame, VadState state) {}

    @Override
    public void close() {}
  }
}
