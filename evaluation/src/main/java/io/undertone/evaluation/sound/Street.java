package io.undertone.evaluation.sound;

import java.util.Random;

/** A street: the rumble of traffic, cars that pass, things that bang, and horns. */
final class Street implements SoundSource {
  private static final double DECIBELS = -28;
  private static final double CAR = 3;
  private static final double BANG = 6;
  private static final double HORN = 4;
  private static final int[] HORN_HZ = {420, 530};
  private static final int HORN_HARMONICS = 6;

  @Override
  public float[] samples(int length, Random random) {
    float[] samples = Noise.unlimitedPink(length, random);
    int at = 0;
    while (at < length) {
      switch (random.nextInt(3)) {
        case 0 -> Waves.add(samples, at, car(between(3000, 8000, random), random), CAR);
        case 1 -> Waves.add(samples, at, bang(between(50, 300, random), random), BANG);
        default -> Waves.add(samples, at, horn(between(300, 800, random)), HORN);
      }
      at += between(500, 6000, random);
    }
    return Waves.atLevel(TelephoneBand.limit(samples), DECIBELS);
  }

  /** A duration in samples. */
  private static int between(int leastMs, int mostMs, Random random) {
    return Waves.samples(leastMs + random.nextInt(mostMs - leastMs));
  }

  /** Noise that comes and goes. */
  private static float[] car(int length, Random random) {
    float[] samples = Noise.unlimitedPink(length, random);
    for (int i = 0; i < length; i++) {
      double sine = StrictMath.sin(StrictMath.PI * i / length);
      samples[i] *= (float) (sine * sine);
    }
    return samples;
  }

  /** Noise that dies away. */
  private static float[] bang(int length, Random random) {
    float[] samples = Noise.gaussian(length, random);
    for (int i = 0; i < length; i++) {
      samples[i] *= (float) StrictMath.exp(-5.0 * i / length);
    }
    return samples;
  }

  private static float[] horn(int length) {
    float[] samples = new float[length];
    for (int hz : HORN_HZ) {
      for (int harmonic = 1; harmonic <= HORN_HARMONICS; harmonic++) {
        Waves.addSine(samples, 0, length, (double) hz * harmonic, 1.0 / harmonic);
      }
    }
    return samples;
  }
}
