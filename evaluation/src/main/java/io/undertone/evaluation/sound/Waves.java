package io.undertone.evaluation.sound;

/** Arithmetic on samples. Its functions are those of StrictMath, the same on all machines. */
final class Waves {
  private static final double RADIANS_PER_HZ = 2 * StrictMath.PI / CallSound.SAMPLE_RATE_HZ;

  private Waves() {}

  static int samples(int ms) {
    return ms * CallSound.SAMPLE_RATE_HZ / 1000;
  }

  /** The value of a sine at a sample. */
  static double sine(double hz, int sample) {
    return StrictMath.sin(RADIANS_PER_HZ * hz * sample);
  }

  /** Adds a sine from one sample to another, as far as there are samples. */
  static void addSine(float[] samples, int from, int to, double hz, double amplitude) {
    for (int i = from; i < Math.min(to, samples.length); i++) {
      samples[i] += (float) (amplitude * sine(hz, i));
    }
  }

  /** Adds the samples of one sound to another from a position on, as far as there is room. */
  static void add(float[] samples, int from, float[] added, double gain) {
    for (int i = 0; i < Math.min(added.length, samples.length - from); i++) {
      samples[from + i] += (float) (gain * added[i]);
    }
  }

  /**
   * Scales samples to a level, or to a peak of 1 if that is lower.
   *
   * @param decibels root mean square; 0 is that of a square wave of amplitude 1
   */
  static float[] atLevel(float[] samples, double decibels) {
    double squares = 0;
    double peak = 0;
    for (float sample : samples) {
      squares += (double) sample * sample;
      peak = Math.max(peak, Math.abs(sample));
    }
    if (peak == 0) {
      return samples;
    }
    double rms = Math.sqrt(squares / samples.length);
    double gain = Math.min(StrictMath.pow(10, decibels / 20) / rms, 1 / peak);
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= (float) gain;
    }
    return samples;
  }
}
