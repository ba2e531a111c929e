package io.undertone.audio.vad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Clips;
import io.undertone.audio.Pcm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SileroVadTest {
  private static final int FRAME = VoiceActivityDetector.FRAME_SAMPLES;

  private static float[] probabilities(VoiceActivityDetector vad, Pcm pcm) {
    VadState state = vad.newState();
    float[] probabilities = new float[pcm.samples().length / FRAME];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = vad.speechProbability(frame(pcm, i), state);
    }
    return probabilities;
  }

  private static float[] frame(Pcm pcm, int index) {
    return Arrays.copyOfRange(pcm.samples(), index * FRAME, (index + 1) * FRAME);
  }

  @Test
  void detectsSpeechAndPauses() {
    try (SileroVad vad = SileroVad.open()) {
      float[] probabilities = probabilities(vad, Clips.threeSentences(8000));

      assertThat(probabilities[30]).as("within the first sentence").isGreaterThan(0.8f);
      assertThat(probabilities[90]).as("between the sentences").isLessThan(0.1f);
      assertThat(probabilities[150]).as("within the second sentence").isGreaterThan(0.8f);
    }
  }

  @Test
  void detectsNoSpeechInNoiseOrTones() {
    Random random = new Random(1);
    float[] noise = new float[80_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (0.05 * random.nextGaussian());
    }
    try (SileroVad vad = SileroVad.open()) {
      assertThat(probabilities(vad, new Pcm(noise, 8000))).satisfies(SileroVadTest::mostlySilent);
      assertThat(probabilities(vad, Clips.tone(8000, 440, 10_000)))
          .satisfies(SileroVadTest::mostlySilent);
    }
  }

  private static void mostlySilent(float[] probabilities) {
    int speech = 0;
    for (float probability : probabilities) {
      speech += probability >= 0.5 ? 1 : 0;
    }
    assertThat(speech).as("frames of speech").isLessThan(probabilities.length / 50);
  }

  @Test
  void aStateHoldsTheEndOfThePreviousFrame() {
    Pcm clip = Clips.threeSentences(8000);
    try (SileroVad vad = SileroVad.open()) {
      VadState state = vad.newState();
      vad.speechProbability(frame(clip, 20), state);

      float[] previous = frame(clip, 20);
      assertThat(Arrays.copyOfRange(state.values(), 256, 288))
          .isEqualTo(Arrays.copyOfRange(previous, FRAME - 32, FRAME));
    }
  }

  @Test
  void skippedSilenceUpdatesOnlyTheLatestSamples() {
    Pcm clip = Clips.threeSentences(8000);
    try (SileroVad vad = SileroVad.open()) {
      VadState state = vad.newState();
      vad.speechProbability(frame(clip, 20), state);
      float[] before = state.values().clone();
      float[] skipped = frame(clip, 21);
      vad.skipSilence(skipped, state);

      assertThat(Arrays.copyOf(state.values(), 256)).isEqualTo(Arrays.copyOf(before, 256));
      assertThat(Arrays.copyOfRange(state.values(), 256, 288))
          .isEqualTo(Arrays.copyOfRange(skipped, FRAME - 32, FRAME));
    }
  }

  @Test
  void channelsDoNotAffectEachOther() {
    Pcm speech = Clips.threeSentences(8000);
    Pcm other = Clips.tone(8000, 300, 11_000);
    try (SileroVad vad = SileroVad.open()) {
      float[] alone = probabilities(vad, speech);
      VadState one = vad.newState();
      VadState two = vad.newState();
      for (int i = 0; i < 300; i++) {
        assertThat(vad.speechProbability(frame(speech, i), one)).isEqualTo(alone[i]);
        vad.speechProbability(frame(other, i), two);
      }
    }
  }

  @Test
  void severalThreadsGetTheResultsOfOne() throws InterruptedException, ExecutionException {
    Pcm speech = Clips.threeSentences(8000);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (SileroVad vad = SileroVad.open()) {
      float[] alone = probabilities(vad, speech);
      List<Future<float[]>> together = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        together.add(threads.submit(() -> probabilities(vad, speech)));
      }
      for (Future<float[]> result : together) {
        assertThat(result.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void closingOneDetectorLeavesTheOthersOpen() {
    float[] silence = new float[FRAME];
    SileroVad first = SileroVad.open();
    try (SileroVad second = SileroVad.open()) {
      first.close();
      first.close();

      assertThat(second.speechProbability(silence, second.newState())).isLessThan(0.5f);
      assertThatThrownBy(() -> first.speechProbability(silence, second.newState()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("this SileroVad is closed");
    }
  }

  @Test
  void rejectsFramesAndStatesOfAnotherSize() {
    try (SileroVad vad = SileroVad.open()) {
      assertThatThrownBy(() -> vad.speechProbability(new float[255], vad.newState()))
          .hasMessage("a frame must have 256 samples, but has 255");
      assertThatThrownBy(() -> vad.speechProbability(new float[FRAME], new VadState(new float[3])))
          .hasMessage("a state of SileroVad must have 288 values, but has 3");
    }
  }

  @Test
  void reportsAMissingModel() {
    assertThatThrownBy(() -> SileroSession.load(null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("silero_vad_v6.onnx is not on the class path");
  }
}
