package io.undertone.model;

import io.undertone.model.MemorySnapshot.Tensor;
import java.io.Serializable;

/**
 * The precision of a saved memory: the lower, the smaller.
 *
 * @param weights precision of the parameters
 * @param optimizerState what is kept of the optimiser's state; with AdamW, twice the parameters
 */
public record MemoryEncoding(Weights weights, OptimizerState optimizerState)
    implements Serializable {

  /** Memories are restored bit for bit. */
  public static final MemoryEncoding EXACT = new MemoryEncoding(Weights.FP32, OptimizerState.KEPT);

  /** Precision of the parameters. */
  public enum Weights {
    /** Float32: 4 bytes a value. */
    FP32,
    /** The upper half of a float32, rounded: 2 bytes a value. */
    BF16,
    /** Integers up to 127 with a float32 scale for each row: 1 byte a value, and the scales. */
    INT8
  }

  /** What is kept of the optimiser's moments. */
  public enum OptimizerState {
    /** Both moments, as float32: 4 bytes a value each. */
    KEPT,
    /**
     * The first moment as {@link Weights#INT8}, the second as the product of its row and column
     * sums (Shazeer and Stern, arXiv 1804.04235, section 3).
     */
    FACTORED,
    /** Nothing: the optimiser starts anew, at step 0. */
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

  /** The step at which a restored optimiser goes on. */
  int optimizerStep(MemorySnapshot snapshot) {
    return optimizerState == OptimizerState.DROPPED ? 0 : snapshot.optimizerStep();
  }
}
