package io.undertone.evaluation.conformance;

/**
 * The largest absolute differences between this implementation and the reference. A difference that
 * is not finite fails.
 *
 * @param maxLogitError over the logits of the last positions and the sums over all logits
 * @param maxLossError over losses and gradient norms of the updates
 * @param maxProbabilityError over the emotions' probabilities with and without memory
 * @param maxLoraError over the temporary LoRA's norms, its final values and its optimiser's moments
 * @param passed whether none is above {@link #TOLERANCE}
 */
public record ConformanceReport(
    double maxLogitError,
    double maxLossError,
    double maxProbabilityError,
    double maxLoraError,
    boolean passed) {

  /** Absolute; the reference is float32. */
  public static final double TOLERANCE = 2e-4;

  static ConformanceReport of(
      Deviation logits, Deviation losses, Deviation probabilities, Deviation lora) {
    return new ConformanceReport(
        logits.max(),
        losses.max(),
        probabilities.max(),
        lora.max(),
        logits.max() <= TOLERANCE
            && losses.max() <= TOLERANCE
            && probabilities.max() <= TOLERANCE
            && lora.max() <= TOLERANCE);
  }
}
