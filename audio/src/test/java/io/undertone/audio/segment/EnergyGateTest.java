package io.undertone.audio.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.undertone.audio.Clips;
import io.undertone.audio.Pcm;
import io.undertone.audio.Utterance;
import io.undertone.audio.vad.SileroVad;
import io.undertone.audio.vad.VadState;
import io.undertone.audio.vad.VoiceActivityDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnergyGateTest {
  private static final int FRAME_SAMPLES = VoiceActivityDetector.FRAME_SAMPLES;
  private static final long QUIET = 1_000;

  /** A gate after enough silence of an energy. */
  private static EnergyGate afterSilence(long energy) {
    EnergyGate gate = new EnergyGate();
    for (int i = 0; i < 8; i++) {
      assertThat(gate.skips(energy)).as("frame %d", i).isFalse();
      gate.observe(energy, 0.01f);
    }
    return gate;
  }

  @Test
  void skipsFramesNoLouderThanTheNoiseFloor() {
    assertThat(afterSilence(QUIET).skips(QUIET)).isTrue();
    assertThat(afterSilence(0).skips(0)).isTrue();
  }

  @Test
  void doesNotSkipFramesAboveTheNoiseFloor() {
    assertThat(afterSilence(QUIET).skips(3 * QUIET)).isFalse();
    assertThat(afterSilence(0).skips(1)).isFalse();
  }

  @Test
  void skipsEightOfNineFramesOfSteadySilence() {
    EnergyGate gate = afterSilence(QUIET);
    int detected = 0;
    for (int i = 0; i < 900; i++) {
      if (!gate.skips(QUIET)) {
        detected++;
        gate.observe(QUIET, 0.01f);
      }
    }
    assertThat(detected).isEqualTo(100);
  }

  @Test
  void skipsNothingSoonAfterPossibleSpeech() {
    EnergyGate gate = afterSilence(QUIET);
    gate.observe(QUIET, 0.2f);

    for (int i = 0; i < 8; i++) {
      assertThat(gate.skips(QUIET)).as("frame %d", i).isFalse();
      gate.observe(QUIET, 0.01f);
    }
    assertThat(gate.skips(QUIET)).isTrue();
  }

  @Test
  void findsTheUtterancesOfADetectorThatSeesEveryFrame() {
    Pcm call = callWithLongPauses();
    try (SileroVad silero = SileroVad.open()) {
      CountingDetector ungated = new CountingDetector(silero, SilencePolicy.DETECT);
      CountingDetector gated = new CountingDetector(silero, SilencePolicy.SKIP);
      List<Utterance> all = utterances(ungated, call);
      List<Utterance> some = utterances(gated, call);

      assertThat(some).hasSameSizeAs(all).hasSizeGreaterThan(2);
      for (int i = 0; i < all.size(); i++) {
        assertThat((double) some.get(i).beginOffsetMs())
            .isCloseTo(all.get(i).beginOffsetMs(), offset(64.0));
        assertThat((double) some.get(i).endOffsetMs())
            .isCloseTo(all.get(i).endOffsetMs(), offset(64.0));
      }
      assertThat(gated.detectedFrames).isLessThan(call.samples().length / FRAME_SAMPLES / 2);
    }
  }

  /** Three sentences twice, with 20 s of noise before, between and after. */
  private static Pcm callWithLongPauses() {
    Pcm speech = Clips.threeSentences(8000);
    Random random = new Random(1);
    float[] noise = new float[160_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (0.001 * random.nextGaussian());
    }
    Pcm pause = new Pcm(noise, 8000);
    return Clips.joined(List.of(pause, speech, pause, speech, pause));
  }

  private static List<Utterance> utterances(VoiceActivityDetector detector, Pcm call) {
    ChannelSegmenter segmenter =
        new ChannelSegmenter(SegmenterConfig.defaults(), detector, SegmenterState.startingAt(0));
    List<Utterance> utterances = new ArrayList<>(segmenter.accept(call));
    utterances.addAll(segmenter.finish());
    return utterances;
  }

  private enum SilencePolicy {
    DETECT,
    SKIP
  }

  private static final class CountingDetector implements VoiceActivityDetector {
    private final VoiceActivityDetector detector;
    private final SilencePolicy policy;
    private int detectedFrames;

    CountingDetector(VoiceActivityDetector detector, SilencePolicy policy) {
      this.detector = detector;
      this.policy = policy;
    }

    @Override
    public VadState newState() {
      return detector.newState();
    }

    @Override
    public float speechProbability(float[] frame, VadState state) {
      detectedFrames++;
      return detector.speechProbability(frame, state);
    }

    @Override
    public void skipSilence(float[] frame, VadState state) {
      if (policy == SilencePolicy.DETECT) {
        float unused = detector.speechProbability(frame, state);
      } else {
        detector.skipSilence(frame, state);
      }
    }

    @Override
    public void close() {}
  }
}
