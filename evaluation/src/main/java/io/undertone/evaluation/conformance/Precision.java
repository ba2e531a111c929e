package io.undertone.evaluation.conformance;

import io.undertone.model.torch.llama.WeightPrecision;

/**
 * A precision of a decoder's matrices, and how far results in it may be from the reference, which
 * is float32. All else is float32 in each of them.
 */
public enum Precision {

  /** Differences are absolute. */
  FLOAT32(WeightPrecision.FLOAT32, 2e-4, 2e-4),

  /** Of 8 significant bits. Differences are relative, but for probabilities. */
  BFLOAT16(WeightPrecision.BFLOAT16, 3e-2, 0.3),

  /** Of 11 significant bits. Differences are as with {@link #BFLOAT16}. */
  FLOAT16(WeightPrecision.FLOAT16, 4e-3, 0.1);

  private final WeightPrecision weights;
  private final double tolerance;
  private final double loraTolerance;

  Precision(WeightPrecision weights, double tolerance, double loraTolerance) {
    this.weights = weights;
    this.tolerance = tolerance;
    this.loraTolerance = loraTolerance;
  }

  WeightPrecision weights() {
    return weights;
  }

  /** No difference may be above it, but for those of the temporary LoRA. */
  public double tolerance() {
    return tolerance;
  }

  /**
   * No difference of the temporary LoRA and its moments may be above it. AdamW divides a gradient
   * by its own size, so that rounding decides the step where the gradient is nearly 0.
   */
  public double loraTolerance() {
    return loraTolerance;
  }

  /** Whether differences are relative to the reference's values. */
  public boolean isRelative() {
    return this != FLOAT32;
  }

  /** Accumulates differences of values that grow with the model. */
  Deviation deviation() {
    return isRelative() ? Deviation.relative() : Deviation.absolute();
  }
}
