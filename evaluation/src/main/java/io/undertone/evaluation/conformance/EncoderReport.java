package io.undertone.evaluation.conformance;

/**
 * The largest differences between this implementation of an encoder and the reference. A difference
 * that is not finite fails.
 *
 * @param maxMelError absolute, over the values of the log-mel spectra
 * @param maxLayerError over layers, the norm of the difference relative to that of the reference
 * @param bfloat16Error the same of bfloat16 arithmetic against float32
 * @param passed whether all are within their tolerances
 */
public record EncoderReport(
    double maxMelError, double maxLayerError, double bfloat16Error, boolean passed) {

  /** Absolute; the reference is float32. */
  public static final double MEL_TOLERANCE = 1e-4;

  /** Relative to a layer's norm. */
  public static final double LAYER_TOLERANCE = 2e-3;

  /** Of bfloat16, likewise: most of it is rounding that the last layers amplify. */
  public static final double BFLOAT16_TOLERANCE = 8e-2;

  static EncoderReport of(Deviation mels, Deviation layers, Deviation bfloat16) {
    return new EncoderReport(
        mels.max(),
        layers.max(),
        bfloat16.max(),
        mels.max() <= MEL_TOLERANCE
            && layers.max() <= LAYER_TOLERANCE
            && bfloat16.max() <= BFLOAT16_TOLERANCE);
  }
}
