package io.undertone.evaluation.sound;

import java.util.Random;

/** Noise of a line. */
final class Noise {
  private static final double NOISE_DECIBELS = -35;
  private static final double HUM_DECIBELS = -30;
  private static final int MAINS_HZ = 50;
  private static final int HUM_HARMONICS = 12;

  private Noise() {}

  /** White noise in the band of a telephone. */
  static float[] white(int length, Random random) {
    return Waves.atLevel(TelephoneBand.limit(gaussian(length, random)), NOISE_DECIBELS);
  }

  /** Pink noise in the band of a telephone. */
  static float[] pink(int length, Random random) {
    return Waves.atLevel(TelephoneBand.limit(unlimitedPink(length, random)), NOISE_DECIBELS);
  }

  /** The mains and its harmonics. It enters after the telephone, so its lowest ones remain. */
  static float[] hum(int length, Random random) {
    float[] samples = new float[length];
    for (int harmonic = 1; harmonic <= HUM_HARMONICS; harmonic++) {
      double amplitude = random.nextDouble() / harmonic;
      Waves.addSine(samples, 0, length, (double) MAINS_HZ * harmonic, amplitude);
    }
    return Waves.atLevel(samples, HUM_DECIBELS);
  }

  static float[] gaussian(int length, Random random) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) random.nextGaussian();
    }
    return samples;
  }

  /**
   * Noise whose power falls by 3 dB per octave: P. Kellet's filter of three poles ("pk3 economy",
   * https://www.firstpr.com.au/dsp/pink-noise/).
   */
  static float[] unlimitedPink(int length, Random random) {
    float[] samples = new float[length];
    double slow = 0;
    double middle = 0;
    double fast = 0;
    for (int i = 0; i < length; i++) {
      double white = random.nextGaussian();
      slow = 0.99765 * slow + 0.0990460 * white;
      middle = 0.96300 * middle + 0.2965164 * white;
      fast = 0.57000 * fast + 1.0526913 * white;
      samples[i] = (float) (slow + middle + fast + 0.1848 * white);
    }
    return samples;
  }
}
