package io.undertone.model.torch.encoder;

/**
 * The mel scale of Slaney's Auditory Toolbox (1998): linear up to 1 kHz (15 mel), then logarithmic,
 * 27 mel per factor of 6.4.
 */
final class SlaneyMel {
  private static final double HZ_PER_MEL = 200.0 / 3;
  private static final double BREAK_HZ = 1000;
  private static final double BREAK_MEL = BREAK_HZ / HZ_PER_MEL;
  private static final double LOG_STEP = Math.log(6.4) / 27;

  private SlaneyMel() {}

  static double ofHz(double frequencyHz) {
    return frequencyHz < BREAK_HZ
        ? frequencyHz / HZ_PER_MEL
        : BREAK_MEL + Math.log(frequencyHz / BREAK_HZ) / LOG_STEP;
  }

  static double toHz(double mel) {
    return mel < BREAK_MEL ? mel * HZ_PER_MEL : BREAK_HZ * Math.exp(LOG_STEP * (mel - BREAK_MEL));
  }
}
