package io.undertone.evaluation.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallSoundTest {
  private static final int SECOND = CallSound.SAMPLE_RATE_HZ;
  private static final Percentage ONE_PERCENT = Percentage.withPercentage(1);

  @ParameterizedTest
  @EnumSource
  void theSameSeedGivesTheSameSamples(CallSound sound) {
    float[] samples = sound.make(3, 7).samples();

    assertThat(samples).isEqualTo(sound.make(3, 7).samples()).hasSize(3 * SECOND);
    assertThat(peak(samples)).isLessThanOrEqualTo(1);
    assertThat(rms(samples, 0, samples.length)).isGreaterThan(0.01);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.MATCH_NONE,
      names = {"RING_BACK_.*", "BUSY_.*"})
  void anotherSeedGivesOtherSamples(CallSound sound) {
    assertThat(sound.make(3, 7).samples()).isNotEqualTo(sound.make(3, 8).samples());
  }

  @Test
  void ringBackOfEuropeIsOneSecondOf425HzAndFourOfSilence() {
    float[] samples = CallSound.RING_BACK_EUROPE.make(10, 1).samples();

    assertTones(samples, List.of(0, 5), 1000, 425);
    assertSilent(samples, 1000, 5000);
    assertSilent(samples, 6000, 10_000);
  }

  @Test
  void ringBackOfNorthAmericaIsTwoSecondsOfTwoTonesAndFourOfSilence() {
    float[] samples = CallSound.RING_BACK_NORTH_AMERICA.make(12, 1).samples();

    assertTones(samples, List.of(0, 6), 2000, 440, 480);
    assertSilent(samples, 2000, 6000);
    assertSilent(samples, 8000, 12_000);
  }

  @Test
  void busyTonesAreHalfASecondOnAndOff() {
    float[] europe = CallSound.BUSY_EUROPE.make(3, 1).samples();
    float[] america = CallSound.BUSY_NORTH_AMERICA.make(3, 1).samples();

    assertTones(europe, List.of(0, 1, 2), 500, 425);
    assertTones(america, List.of(0, 1, 2), 500, 480, 620);
    assertSilent(europe, 500, 1000);
    assertSilent(america, 1500, 2000);
  }

  @Test
  void aKeyIsOneToneOfItsRowAndOneOfItsColumn() {
    float[] samples = CallSound.KEYS.make(2, 1).samples();

    for (int fromMs = 0; fromMs < 2000; fromMs += Keys.KEY_MS + Keys.GAP_MS) {
      int from = Waves.samples(fromMs);
      int to = Waves.samples(fromMs + Keys.KEY_MS);
      assertThat(present(samples, from, to, Keys.ROWS_HZ)).hasSize(1);
      assertThat(present(samples, from, to, Keys.COLUMNS_HZ)).hasSize(1);
      assertSilent(samples, fromMs + Keys.KEY_MS, fromMs + Keys.KEY_MS + Keys.GAP_MS);
    }
  }

  private static List<Integer> present(float[] samples, int from, int to, int[] frequenciesHz) {
    return Arrays.stream(frequenciesHz)
        .filter(hz -> amplitude(samples, from, to, hz) > 0.1)
        .boxed()
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.MATCH_ANY,
      names = {"HOLD_MUSIC_.*"})
  void holdMusicFadesOutAndStartsAgain(CallSound music) {
    float[] samples = music.make(30, 1).samples();

    int quarters = 4 * 29;
    double quietest =
        IntStream.range(0, quarters)
            .mapToDouble(quarter -> rms(samples, quarter * SECOND / 4, SECOND / 4))
            .min()
            .orElseThrow();
    assertThat(quietest).isLessThan(0.35 * rms(samples, 0, samples.length));
    assertThat(rms(samples, 29 * SECOND, SECOND)).isGreaterThan(quietest);
  }

  @Test
  void theBandOfATelephoneKeepsItsMiddleAndDropsTheRest() {
    assertThat(throughTelephone(1000)).isBetween(0.95, 1.05);
    assertThat(throughTelephone(300)).isBetween(0.45, 0.55);
    assertThat(throughTelephone(3400)).isBetween(0.45, 0.55);
    assertThat(throughTelephone(100)).isLessThan(0.02);
    assertThat(throughTelephone(3900)).isLessThan(0.02);
  }

  /** Amplitude that is left of a sine, away from its start. */
  private static double throughTelephone(int hz) {
    float[] samples = new float[SECOND];
    Waves.addSine(samples, 0, SECOND, hz, 1);
    TelephoneBand.limit(samples);
    return amplitude(samples, SECOND / 2, SECOND, hz);
  }

  @Test
  void pinkNoiseFallsWithFrequencyAndWhiteNoiseDoesNot() {
    float[] white = CallSound.WHITE_NOISE.make(5, 1).samples();
    float[] pink = CallSound.PINK_NOISE.make(5, 1).samples();

    assertThat(power(white, 2000, 2400) / power(white, 500, 900)).isBetween(0.7, 1.4);
    assertThat(power(pink, 2000, 2400) / power(pink, 500, 900)).isBetween(0.2, 0.45);
  }

  @Test
  void humIsHarmonicsOfTheMains() {
    float[] hum = CallSound.HUM.make(2, 1).samples();

    assertThat(amplitude(hum, 0, hum.length, 75)).isLessThan(1e-4);
    assertThat(IntStream.rangeClosed(1, 12).map(harmonic -> 50 * harmonic))
        .anyMatch(hz -> amplitude(hum, 0, hum.length, hz) > 0.01);
  }

  @Test
  void refusesASoundWithoutDuration() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallSound.STREET.make(0, 1))
        .withMessage("seconds must be at least 1, but are 0");
  }

  /** All tones, and nothing else, from each of some seconds on. */
  private static void assertTones(
      float[] samples, List<Integer> seconds, int ms, int... frequenciesHz) {
    for (int second : seconds) {
      int from = second * SECOND;
      int length = Waves.samples(ms);
      double squares = 0;
      for (int hz : frequenciesHz) {
        double amplitude = amplitude(samples, from, from + length, hz);
        assertThat(amplitude).as(hz + " Hz").isGreaterThan(0.1);
        squares += amplitude * amplitude / 2;
      }
      assertThat(Math.sqrt(squares)).isCloseTo(rms(samples, from, length), ONE_PERCENT);
    }
  }

  private static void assertSilent(float[] samples, int fromMs, int toMs) {
    int from = Waves.samples(fromMs);
    assertThat(rms(samples, from, Waves.samples(toMs) - from)).isZero();
  }

  private static double peak(float[] samples) {
    double peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  private static double rms(float[] samples, int from, int length) {
    double squares = 0;
    for (int i = from; i < from + length; i++) {
      squares += (double) samples[i] * samples[i];
    }
    return Math.sqrt(squares / length);
  }

  /** Power of some of the frequencies of a band. */
  private static double power(float[] samples, int fromHz, int toHz) {
    double sum = 0;
    for (int hz = fromHz; hz < toHz; hz += 10) {
      double amplitude = amplitude(samples, 0, samples.length, hz);
      sum += amplitude * amplitude;
    }
    return sum;
  }

  /** Amplitude of a sine of this frequency in a part of the samples. */
  private static double amplitude(float[] samples, int from, int to, int hz) {
    double real = 0;
    double imaginary = 0;
    for (int i = from; i < to; i++) {
      double angle = 2 * Math.PI * hz * i / SECOND;
      real += samples[i] * Math.cos(angle);
      imaginary += samples[i] * Math.sin(angle);
    }
    return 2 * Math.hypot(real, imaginary) / (to - from);
  }
}
