package io.undertone.evaluation.conformance;

/**
 * The largest differences between this implementation and the reference, absolute or relative as
 * the {@link Precision} says. A difference that is not finite fails.
 *
 * @param precision of the decoder's matrices
 * @param maxLogitError over the logits of the last positions; in float32 also over the sums of all
 *     logits
 * @param maxLossError over losses and gradient norms of the updates
 * @param maxProbabilityError over the emotions' probabilities with and without memory, absolute
 * @param maxLoraError over the temporary LoRA's norms, its final values and its optimiser's moments
 * @param tolerance of all but the last
 * @param loraTolerance of the last
 * @param passed whether no difference is above its tolerance
 */
public record ConformanceReport(
    Precision precision,
    double maxLogitError,
    double maxLossError,
    double maxProbabilityError,
    double maxLoraError,
    double tolerance,
    double loraTolerance,
    boolean passed) {

  static ConformanceReport of(
      Precision precision,
      Deviation logits,
      Deviation losses,
      Deviation probabilities,
      Deviation lora) {
    double tolerance = precision.tolerance();
    return new ConformanceReport(
        precision,
        logits.max(),
        losses.max(),
        probabilities.max(),
        lora.max(),
        tolerance,
        precision.loraTolerance(),
        logits.max() <= tolerance
            && losses.max() <= tolerance
            && probabilities.max() <= tolerance
            && lora.max() <= precision.loraTolerance());
  }
}
