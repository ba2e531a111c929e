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

class SilenceGateTest {
  private static final int FRAME_SAMPLES = VoiceActivityDetector.FRAME_SAMPLES;
  private static final long QUIET = 1_000;

  /** A gate that has just seen silence of an energy. */
  private static SilenceGate afterSilence(long energy) {
    SilenceGate gate = new SilenceGate();
    for (int i = 0; i < 8; i++) {
      assertThat(gate.passes(energy)).as("frame %d", i).isFalse();
      gate.seen(energy, 0.01f);
    }
    return gate;
  }

  @Test
  void whatIsNoLouderThanSilencePasses() {
    assertThat(afterSilence(QUIET).passes(QUIET)).isTrue();
    assertThat(afterSilence(0).passes(0)).isTrue();
  }

  @Test
  void whatRisesAboveTheLineIsSeen() {
    assertThat(afterSilence(QUIET).passes(3 * QUIET)).isFalse();
    assertThat(afterSilence(0).passes(1)).isFalse();
  }

  @Test
  void theDetectorSeesOneFrameInNineOfSteadySilence() {
    SilenceGate gate = afterSilence(QUIET);
    int seen = 0;
    for (int i = 0; i < 900; i++) {
      if (!gate.passes(QUIET)) {
        seen++;
        gate.seen(QUIET, 0.01f);
      }
    }
    assertThat(seen).isEqualTo(100);
  }

  @Test
  void aFrameThatMayBeSpeechOpensTheGate() {
    SilenceGate gate = afterSilence(QUIET);
    gate.seen(QUIET, 0.2f);

    for (int i = 0; i < 8; i++) {
      assertThat(gate.passes(QUIET)).as("frame %d", i).isFalse();
      gate.seen(QUIET, 0.01f);
    }
    assertThat(gate.passes(QUIET)).isTrue();
  }

  @Test
  void utterancesAreThoseOfADetectorThatSeesAll() {
    Pcm call = callWithLongPauses();
    try (SileroVad silero = SileroVad.open()) {
      CountingDetector seeing = new CountingDetector(silero, SilencePolicy.SEE);
      CountingDetector gated = new CountingDetector(silero, SilencePolicy.PASS);
      List<Utterance> all = utterances(seeing, call);
      List<Utterance> some = utterances(gated, call);

      assertThat(some).hasSameSizeAs(all).hasSizeGreaterThan(2);
      for (int i = 0; i < all.size(); i++) {
        assertThat((double) some.get(i).beginOffsetMs())
            .isCloseTo(all.get(i).beginOffsetMs(), offset(64.0));
        assertThat((double) some.get(i).endOffsetMs())
            .isCloseTo(all.get(i).endOffsetMs(), offset(64.0));
      }
      assertThat(gated.seenFrames).isLessThan(call.samples().length / FRAME_SAMPLES / 2);
    }
  }

  /** Three sentences, each pause 20 s of a line's noise. */
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
    SEE,
    PASS
  }

  private static final class CountingDetector implements VoiceActivityDetector {
    private final VoiceActivityDetector detector;
    private final SilencePolicy policy;
    private int seenFrames;

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
      seenFrames++;
      return detector.speechProbability(frame, state);
    }

    @Override
    public void passSilence(float[] frame, VadState state) {
      if (policy == SilencePolicy.SEE) {
        float unused = detector.speechProbability(frame, state);
      } else {
        detector.passSilence(frame, state);
      }
    }

    @Override
    public void close() {}
  }
}
