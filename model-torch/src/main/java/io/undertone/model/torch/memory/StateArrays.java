package io.undertone.model.torch.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.Function;

/** Moves the values of memories between Java, their own arrays, and batches. */
public final class StateArrays {

  private StateArrays() {}

  /**
   * Makes something that owns a manager of its own. If that fails, for want of memory perhaps, the
   * arrays that were made are closed.
   */
  public static <T> T owned(NDManager parent, Function<NDManager, T> make) {
    NDManager manager = parent.newSubManager();
    try {
      return make.apply(manager);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** An array of its own memory, unlike one that DJL creates as a view of the Java values. */
  public static NDArray of(float[] values, NDManager manager) {
    try (NDArray view = manager.create(values)) {
      return view.duplicate();
    }
  }

  /** A batch of copies, (batch, …), that belongs to the step. */
  public static NDArray stack(List<NDArray> rows, NDManager step) {
    NDArray batch = NDArrays.stack(new NDList(rows));
    batch.attach(step);
    return batch;
  }

  /** A copy of one row that belongs to the manager. */
  public static NDArray row(NDArray batch, int row, NDManager manager) {
    try (NDArray view = batch.get(manager, row)) {
      return view.duplicate();
    }
  }
}
