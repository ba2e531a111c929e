package io.undertone.evaluation.conformance;

/**
 * The largest difference between a decoder's logits and the reference, absolute or relative as the
 * {@link Precision} says. A difference that is not finite fails.
 *
 * @param precision of the decoder's matrices
 * @param maxLogitError over the logits of the last positions
 * @param tolerance of it
 * @param passed whether it is within its tolerance
 */
public record LogitReport(
    Precision precision, double maxLogitError, double tolerance, boolean passed) {

  static LogitReport of(Precision precision, Deviation logits) {
    double tolerance = precision.tolerance();
    return new LogitReport(precision, logits.max(), tolerance, logits.max() <= tolerance);
  }
}
