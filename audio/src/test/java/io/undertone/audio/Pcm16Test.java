package io.undertone.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class Pcm16Test {

  @Test
  void everySampleSurvivesTheConversionToFloats() {
    short[] all = new short[1 << Short.SIZE];
    for (int i = 0; i < all.length; i++) {
      all[i] = (short) (Short.MIN_VALUE + i);
    }

    Pcm pcm = new Pcm16(all, 8000).toPcm();

    assertThat(pcm.sampleRateHz()).isEqualTo(8000);
    assertThat(pcm.toInt16()).containsExactly(all);
  }

  @Test
  void rejectsARateBelowOne() {
    assertThatThrownBy(() -> new Pcm16(new short[0], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sampleRateHz must be at least 1, but is 0");
  }
}
