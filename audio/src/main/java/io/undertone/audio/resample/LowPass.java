package io.undertone.audio.resample;

/**
 * A polyphase low-pass filter: for each phase, the position of an output sample between two input
 * samples, it has the weights of the surrounding input samples.
 *
 * <p>The kernel is a sinc under a Kaiser window, as in J. O. Smith, "Digital Audio Resampling Home
 * Page" (https://ccrma.stanford.edu/~jos/resample/). With output sample n at input position n *
 * inputStep / outputStep, its weights are those of phase (n * inputStep) mod outputStep.
 *
 * @param inputStep input rate divided by the greatest common divisor of both rates
 * @param outputStep output rate divided by it: the number of phases
 * @param halfWidth input samples on either side of an output sample that have a weight
 * @param weights (outputStep, 2 * halfWidth): weight k of a phase applies to the input sample at
 *     the position, rounded down, plus k + 1 - halfWidth
 */
record LowPass(int inputStep, int outputStep, int halfWidth, float[][] weights) {

  /** More zero crossings narrow the transition band. */
  private static final int ZERO_CROSSINGS = 24;

  /** About 80 dB of stop band attenuation, by Kaiser's formula 0.1102 * (attenuation - 8.7). */
  private static final double KAISER_BETA = 7.86;

  /** Cutoff (6 dB down) as a share of the lower Nyquist frequency. */
  private static final double ROLLOFF = 0.93;

  static LowPass between(int inputRateHz, int outputRateHz) {
    int common = greatestCommonDivisor(inputRateHz, outputRateHz);
    int inputStep = inputRateHz / common;
    int outputStep = outputRateHz / common;
    // Cutoff in cycles per input sample; the sinc is zero every 1 / (2 * cutoff) samples.
    double cutoff = 0.5 * ROLLOFF * Math.min(1.0, (double) outputRateHz / inputRateHz);
    double reach = ZERO_CROSSINGS / (2 * cutoff);
    int halfWidth = (int) Math.ceil(reach);
    float[][] weights = new float[outputStep][];
    for (int phase = 0; phase < outputStep; phase++) {
      weights[phase] = phase(cutoff, reach, halfWidth, (double) phase / outputStep);
    }
    return new LowPass(inputStep, outputStep, halfWidth, weights);
  }

  /** Weights of an output sample at a fraction after an input sample; their sum is 1. */
  private static float[] phase(double cutoff, double reach, int halfWidth, double fraction) {
    double[] kernel = new double[2 * halfWidth];
    double sum = 0;
    for (int k = 0; k < kernel.length; k++) {
      double distance = k + 1 - halfWidth - fraction;
      kernel[k] = sinc(2 * cutoff * distance) * kaiser(distance / reach);
      sum += kernel[k];
    }
    float[] weights = new float[kernel.length];
    for (int k = 0; k < kernel.length; k++) {
      weights[k] = (float) (kernel[k] / sum);
    }
    return weights;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  /** The window at a distance from its center; its edge is at 1. */
  private static double kaiser(double distance) {
    double inside = 1 - distance * distance;
    return inside < 0 ? 0 : besselI0(KAISER_BETA * Math.sqrt(inside)) / besselI0(KAISER_BETA);
  }

  /** Modified Bessel function of the first kind and order 0, by its power series. */
  private static double besselI0(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-12 * sum; k++) {
      term *= x / (2 * k) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
