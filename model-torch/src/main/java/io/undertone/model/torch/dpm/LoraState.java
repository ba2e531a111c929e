package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Parameters of temporary LoRAs and what their optimiser remembers, all values of one conversation
 * side by side: (parameters) for one conversation, (batch, parameters) for many.
 *
 * @param moments as many as the optimiser has, each shaped like the parameters
 */
record LoraState(NDArray parameters, List<NDArray> moments) {

  LoraState {
    moments = List.copyOf(moments);
  }

  /** A batch of copies, which belong to the step. */
  static LoraState stack(List<LoraState> states, NDManager step) {
    List<NDArray> moments = new ArrayList<>();
    for (int i = 0; i < states.get(0).moments().size(); i++) {
      int moment = i;
      moments.add(stacked(states, state -> state.moments().get(moment), step));
    }
    return new LoraState(stacked(states, LoraState::parameters, step), moments);
  }

  private static NDArray stacked(
      List<LoraState> states, Function<LoraState, NDArray> part, NDManager step) {
    NDArray batch = NDArrays.stack(new NDList(states.stream().map(part).toList()));
    batch.attach(step);
    return batch;
  }

  /** A copy of one row, which belongs to the manager. */
  LoraState row(int row, NDManager manager) {
    return new LoraState(
        copy(parameters, row, manager),
        moments.stream().map(moment -> copy(moment, row, manager)).toList());
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
    List<NDArray> chosen = new ArrayList<>();
    for (int i = 0; i < moments.size(); i++) {
      chosen.add(NDArrays.where(rows, moments.get(i), other.moments.get(i)));
    }
    return new LoraState(NDArrays.where(rows, parameters, other.parameters), chosen);
  }

  /** Parameters, then moments. */
  Stream<NDArray> parts() {
    return Stream.concat(Stream.of(parameters), moments.stream());
  }

  void close() {
    parts().forEach(NDArray::close);
  }
}
