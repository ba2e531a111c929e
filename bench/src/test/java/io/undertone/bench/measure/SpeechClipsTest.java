package io.undertone.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Pcm;
import io.undertone.audio.file.AudioFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SpeechClipsTest {
  /** One second whose samples count up. */
  private static SpeechClips counting() {
    short[] samples = new short[8000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) i;
    }
    return new SpeechClips(Pcm.ofInt16(samples, 8000));
  }

  @Test
  void aClipWrapsAroundToTheStart() {
    short[] clip = counting().clip(999, 2).toInt16();

    assertThat(clip).hasSize(16);
    assertThat(clip[0]).isEqualTo((short) 7992);
    assertThat(clip[8]).isEqualTo((short) 0);
  }

  @Test
  void aClipMayBeLongerThanTheRecording() {
    assertThat(counting().clip(0, 1_000_000).samples()).hasSize(8_000_000);
  }

  @Test
  void aSideIsSilentBetweenItsTurns() {
    short[] side = counting().side(10, 2, 5, 20).toInt16();

    assertThat(side).hasSize(8 * 50);
    assertThat(side[8 * 10 + 3]).isEqualTo((short) 3);
    assertThat(side[8 * 15 + 1]).isZero();
    assertThat(side[8 * 30 + 3]).isEqualTo((short) 43);
    assertThat(side[8 * 35 + 1]).isZero();
  }

  @Test
  void withoutPausesItBeginsWithSpeech() throws AudioFileException {
    SpeechClips call = SpeechClips.read(Path.of("../demo/calls/lost-parcel.flac"));

    assertThat(energy(call.clip(0, 1_000))).isLessThan(energy(call.clip(6_000, 1_000)) / 100);
    assertThat(energy(call.withoutPauses().clip(0, 1_000)))
        .isGreaterThan(energy(call.clip(6_000, 1_000)) / 100);
  }

  @Test
  void silenceHasNoUtterances() {
    SpeechClips silence = new SpeechClips(new Pcm(new float[16_000], 8000));

    assertThatThrownBy(silence::withoutPauses)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("speech must have at least 1 utterance, but has none");
  }

  private static double energy(Pcm pcm) {
    double sum = 0;
    for (float sample : pcm.samples()) {
      sum += sample * sample;
    }
    return sum;
  }
}
