package io.undertone.audio.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.audio.Clips;
import io.undertone.audio.Pcm;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {

  /** Level of a tone after resampling to 8 kHz, relative to its original level, without edges. */
  private static double gainDb(int rateHz, double toneHz) {
    Pcm tone = Clips.tone(rateHz, toneHz, 1000);
    float[] resampled = Resampler.resample(tone, 8000).samples();
    double energy = 0;
    for (int i = 400; i < 7600; i++) {
      energy += resampled[i] * resampled[i];
    }
    double toneEnergy = 7200 * 0.5 * 0.5 / 2;
    return 10 * Math.log10(Math.max(energy, 1e-9) / toneEnergy);
  }

  @ParameterizedTest
  @ValueSource(ints = {11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000})
  void preservesTheTelephoneBand(int rateHz) {
    for (double hz : new double[] {300, 1000, 2000, 3000, 3400}) {
      assertThat(gainDb(rateHz, hz)).as("gain at %s Hz", hz).isCloseTo(0, within(0.1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000})
  void suppressesAliases(int rateHz) {
    for (double hz : new double[] {4200, 4600, 5000, 6000, 7000, 10_000, 20_000}) {
      if (hz < rateHz / 2.0) {
        assertThat(gainDb(rateHz, hz)).as("gain at %s Hz", hz).isLessThan(hz < 4500 ? -35 : -70);
      }
    }
  }

  @Test
  void doesNotShiftATone() {
    float[] resampled = Resampler.resample(Clips.tone(48_000, 1000, 1000), 8000).samples();
    float[] ideal = Clips.tone(8000, 1000, 1000).samples();

    for (int i = 400; i < 7600; i++) {
      assertThat(resampled[i]).isCloseTo(ideal[i], within(0.002f));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4000, 11_025, 12_345, 44_100, 48_000})
  void preservesTheDuration(int rateHz) {
    Pcm pcm = Clips.tone(rateHz, 440, 1000);

    assertThat(Resampler.resample(pcm, 8000).samples()).hasSize(8000);
  }

  @Test
  void theSameRateReturnsTheInput() {
    short[] input = {1, -2, 3};
    Resampler same = new Resampler(8000, 8000);

    assertThat(same.accept(input)).containsExactly(1, -2, 3);
    assertThat(same.remainingSamples()).isZero();
    assertThat(same.drain()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {11_025, 44_100, 48_000})
  void chunksAndRestoresChangeNoBit(int rateHz) throws IOException {
    short[] input = Clips.threeSentences(rateHz).toInt16();
    Resampler whole = new Resampler(rateHz, 8000);
    List<Short> expected = new ArrayList<>();
    add(expected, whole.accept(input));
    add(expected, whole.drain());

    Random random = new Random(7);
    Resampler resampler = new Resampler(rateHz, 8000);
    List<Short> actual = new ArrayList<>();
    for (int from = 0; from < input.length; ) {
      int to = Math.min(input.length, from + random.nextInt(3000));
      add(actual, resampler.accept(Arrays.copyOfRange(input, from, to)));
      resampler = restored(resampler);
      from = to;
    }
    assertThat(resampler.remainingSamples()).isPositive();
    add(actual, resampler.drain());

    assertThat(actual).isEqualTo(expected);
  }

  private static void add(List<Short> list, short[] samples) {
    for (short sample : samples) {
      list.add(sample);
    }
  }

  private static Resampler restored(Resampler resampler) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    resampler.writeTo(new DataOutputStream(bytes));
    return Resampler.readFrom(ByteBuffer.wrap(bytes.toByteArray()));
  }
}
