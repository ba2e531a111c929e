package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Parameters of temporary LoRAs and their optimiser's moments, all values of one conversation side
 * by side: (parameters) for one conversation, (batch, parameters) for many.
 */
record LoraState(NDArray parameters, NDArray firstMoment, NDArray secondMoment) {

  /** A batch of copies, which belong to the step. */
  static LoraState stack(List<LoraState> states, NDManager step) {
    return new LoraState(
        stacked(states.stream().map(LoraState::parameters).toList(), step),
        stacked(states.stream().map(LoraState::firstMoment).toList(), step),
        stacked(states.stream().map(LoraState::secondMoment).toList(), step));
  }

  private static NDArray stacked(List<NDArray> rows, NDManager step) {
    NDArray batch = NDArrays.stack(new NDList(rows));
    batch.attach(step);
    return batch;
  }

  /** A copy of one row, which belongs to the manager. */
  LoraState row(int row, NDManager manager) {
    return new LoraState(
        copy(parameters, row, manager),
        copy(firstMoment, row, manager),
        copy(secondMoment, row, manager));
  }

  private static NDArray copy(NDArray batch, int row, NDManager manager) {
    try (NDArray view = batch.get(manager, row)) {
      return view.duplicate();
    }
  }

  /** The rows that are taken from here, the others from there. */
  LoraState where(boolean[] taken, LoraState other) {
    NDManager step = parameters.getManager();
    NDArray rows = step.create(taken).reshape(taken.length, 1).broadcast(parameters.getShape());
    return new LoraState(
        NDArrays.where(rows, parameters, other.parameters),
        NDArrays.where(rows, firstMoment, other.firstMoment),
        NDArrays.where(rows, secondMoment, other.secondMoment));
  }

  void close() {
    parameters.close();
    firstMoment.close();
    secondMoment.close();
  }
}
