package io.undertone.model.torch.memory.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.memory.StateArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Parameters of temporary LoRAs and their optimiser's moments: (parameters) for one memory, (batch,
 * parameters) for many.
 *
 * @param moments those of the optimiser, each shaped like the parameters
 */
record LoraState(NDArray parameters, List<NDArray> moments) {

  LoraState {
    moments = List.copyOf(moments);
  }

  /** A batch of copies that belongs to the step. */
  static LoraState stack(List<LoraState> states, NDManager step) {
    List<NDArray> moments = new ArrayList<>();
    for (int i = 0; i < states.get(0).moments().size(); i++) {
      int moment = i;
      moments.add(
          StateArrays.stack(
              states.stream().map(state -> state.moments().get(moment)).toList(), step));
    }
    NDArray parameters =
        StateArrays.stack(states.stream().map(LoraState::parameters).toList(), step);
    return new LoraState(parameters, moments);
  }

  /** A copy of one row that belongs to the same manager. */
  LoraState row(int row) {
    NDManager manager = parameters.getManager();
    return new LoraState(
        StateArrays.row(parameters, row, manager),
        moments.stream().map(moment -> StateArrays.row(moment, row, manager)).toList());
  }

  /** The rows marked in {@code taken} from this state, the others from the other one. */
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

  void attach(NDManager manager) {
    parts().forEach(part -> part.attach(manager));
  }

  void close() {
    parts().forEach(NDArray::close);
  }
}
