package io.undertone.model;

import io.undertone.model.MemorySnapshot.Tensor;
import java.io.Serializable;

/**
 * What of a memory is kept when it is saved: the less, the smaller it is.
 *
 * @param weights of the adapters
 * @param optimizerState what the optimiser remembers, twice as much as the weights with AdamW
 */
public record MemoryEncoding(Weights weights, OptimizerState optimizerState)
    implements Serializable {

  /** A memory comes back as it was, to the last bit. */
  public static final MemoryEncoding EXACT = new MemoryEncoding(Weights.FP32, OptimizerState.KEPT);

  /** What is kept of the adapters' precision. */
  public enum Weights {
    /** All: 4 bytes a value. */
    FP32,
    /** The upper half of a float32, rounded: 2 bytes a value. */
    BF16,
    /**
     * Whole numbers up to 127 with a float32 scale for each row: a byte a value, and the scales.
     */
    INT8
  }

  /** What becomes of the optimiser's moments. */
  public enum OptimizerState {
    /** They are saved as they are, 4 bytes a value each. */
    KEPT,
    /**
     * The first moment becomes whole numbers, as {@link Weights#INT8}. The second is the product of
     * its sums by row and by column (Shazeer and Stern, arXiv 1804.04235, section 3).
     */
    FACTORED,
    /** Nothing is saved: the optimiser begins anew, and counts its steps from 0. */
    DROPPED
  }

  TensorPayload payload(Tensor tensor) {
    return switch (tensor.role()) {
      case WEIGHTS ->
          switch (weights) {
            case FP32 -> TensorPayload.FLOAT32;
            case BF16 -> TensorPayload.BFLOAT16;
            case INT8 -> TensorPayload.INT8_ROWS;
          };
      case FIRST_MOMENT -> moment(TensorPayload.INT8_ROWS);
      case SECOND_MOMENT -> moment(TensorPayload.FACTORED);
    };
  }

  private TensorPayload moment(TensorPayload factored) {
    return switch (optimizerState) {
      case KEPT -> TensorPayload.FLOAT32;
      case FACTORED -> factored;
      case DROPPED -> TensorPayload.ZEROS;
    };
  }

  /** How many steps a saved optimiser looks back on. */
  int optimizerStep(MemorySnapshot snapshot) {
    return optimizerState == OptimizerState.DROPPED ? 0 : snapshot.optimizerStep();
  }
}
