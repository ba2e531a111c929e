package io.undertone.evaluation.sound;

/** Limits a sound to the band of a telephone, 300 to 3400 Hz, by 24 dB per octave on each side. */
final class TelephoneBand {
  private static final double LOWEST_HZ = 300;
  private static final double HIGHEST_HZ = 3400;

  private TelephoneBand() {}

  /** Filters samples in place. */
  static float[] limit(float[] samples) {
    SecondOrderFilter highPass = SecondOrderFilter.highPass(LOWEST_HZ);
    SecondOrderFilter lowPass = SecondOrderFilter.lowPass(HIGHEST_HZ);
    highPass.apply(samples);
    highPass.apply(samples);
    lowPass.apply(samples);
    lowPass.apply(samples);
    return samples;
  }

  /**
   * A Butterworth filter of second order, from R. Bristow-Johnson, "Cookbook formulae for audio
   * equalizer biquad filter coefficients" (https://www.w3.org/TR/audio-eq-cookbook/).
   *
   * @param b0 weight of the input; b1 and b2 are those of the two inputs before
   * @param a1 weight of the last output; a2 is that of the one before
   */
  private record SecondOrderFilter(double b0, double b1, double b2, double a1, double a2) {

    static SecondOrderFilter highPass(double hz) {
      double cosine = StrictMath.cos(angle(hz));
      return of(hz, (1 + cosine) / 2, -(1 + cosine));
    }

    static SecondOrderFilter lowPass(double hz) {
      double cosine = StrictMath.cos(angle(hz));
      return of(hz, (1 - cosine) / 2, 1 - cosine);
    }

    private static double angle(double hz) {
      return 2 * StrictMath.PI * hz / CallSound.SAMPLE_RATE_HZ;
    }

    /** Both kinds have the same poles, and the same weight for inputs 0 and 2. */
    private static SecondOrderFilter of(double hz, double outer, double middle) {
      double alpha = StrictMath.sin(angle(hz)) / StrictMath.sqrt(2);
      double a0 = 1 + alpha;
      double a1 = -2 * StrictMath.cos(angle(hz));
      return new SecondOrderFilter(outer / a0, middle / a0, outer / a0, a1 / a0, (1 - alpha) / a0);
    }

    void apply(float[] samples) {
      double input1 = 0;
      double input2 = 0;
      double output1 = 0;
      double output2 = 0;
      for (int i = 0; i < samples.length; i++) {
        double input = samples[i];
        double output = b0 * input + b1 * input1 + b2 * input2 - a1 * output1 - a2 * output2;
        input2 = input1;
        input1 = input;
        output2 = output1;
        output1 = output;
        samples[i] = (float) output;
      }
    }
  }
}
