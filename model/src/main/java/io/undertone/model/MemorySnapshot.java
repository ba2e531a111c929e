package io.undertone.model;

import java.util.List;

/**
 * A call's memory as plain values.
 *
 * @param modelFingerprint the model that made it and alone may use it
 * @param updateStep how many updates it has taken
 * @param history the call's last tokens, oldest first
 * @param tensors adapters and optimiser state, in the model's order
 */
public record MemorySnapshot(
    String modelFingerprint, int updateStep, int[] history, List<Tensor> tensors) {

  public MemorySnapshot {
    if (updateStep < 0) {
      throw new IllegalArgumentException("updateStep must be at least 0, but is " + updateStep);
    }
    tensors = List.copyOf(tensors);
  }

  /**
   * A named array.
   *
   * @param name as in the peft layout, with a suffix for optimiser state
   * @param shape its dimensions; their product is the number of values
   * @param values row by row
   */
  public record Tensor(String name, int[] shape, float[] values) {

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
  }
}
