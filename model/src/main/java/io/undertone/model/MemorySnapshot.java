package io.undertone.model;

import java.util.List;

/**
 * A memory as plain values.
 *
 * @param modelFingerprint of the model that made it; no other model may use it
 * @param updateStep number of updates so far
 * @param optimizerStep number of updates since the optimiser started; less than updateStep if its
 *     state was dropped
 * @param history the last tokens of the channel, oldest first
 * @param tensors parameters and optimiser state, in the model's order
 */
public record MemorySnapshot(
    String modelFingerprint,
    int updateStep,
    int optimizerStep,
    int[] history,
    List<Tensor> tensors) {

  public MemorySnapshot {
    if (updateStep < 0) {
      throw new IllegalArgumentException("updateStep must be at least 0, but is " + updateStep);
    }
    if (optimizerStep < 0 || optimizerStep > updateStep) {
      throw new IllegalArgumentException(
          "optimizerStep must be from 0 to %d, but is %d".formatted(updateStep, optimizerStep));
    }
    tensors = List.copyOf(tensors);
  }

  /** What a tensor holds. */
  public enum Role {
    /** Parameters. */
    WEIGHTS,
    /** The optimiser's running mean of the gradient. */
    FIRST_MOMENT,
    /** The optimiser's running mean of the gradient's square: not negative. */
    SECOND_MOMENT
  }

  /**
   * A named array.
   *
   * @param name as in the peft layout, with suffix {@link #FIRST_MOMENT} or {@link #SECOND_MOMENT}
   *     for optimiser state
   * @param shape its dimensions; their product is the number of values
   * @param values row by row
   */
  public record Tensor(String name, int[] shape, float[] values) {
    public static final String FIRST_MOMENT = ".exp_avg";
    public static final String SECOND_MOMENT = ".exp_avg_sq";

    public Tensor {
      long size = 1;
      for (int dimension : shape) {
        size *= dimension;
      }
      if (size != values.length) {
        throw new IllegalArgumentException(
            "tensor " + name + " must have " + size + " values, but has " + values.length);
      }
    }

    /** The role, which is the suffix of the name. */
    public Role role() {
      if (name.endsWith(SECOND_MOMENT)) {
        return Role.SECOND_MOMENT;
      }
      return name.endsWith(FIRST_MOMENT) ? Role.FIRST_MOMENT : Role.WEIGHTS;
    }
  }
}
