package io.undertone.model.torch.device;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * A recurrent layer in both directions (Cho et al., arXiv 1406.1078, as PyTorch computes it),
 * without gradients. It is one script that takes a step of both directions at once: for few
 * utterances, the time goes into the number of operations.
 */
public final class BidirectionalGru {

  private static final String FORWARD =
      """
        def forward(self, rows: Tensor, order: Tensor) -> Tensor:
          from_input, from_state, input_bias, state_bias = self.tensors
          batch = torch.size(rows, 0)
          time = torch.size(rows, 1)
          width = torch.size(from_state, 1)
          flat = torch.flatten(rows, 0, 1)
          places = torch.flatten(order)
          both = torch.stack([flat, torch.index_select(flat, 0, places)])
          inputs = torch.reshape(torch.baddbmm(input_bias, both, from_input), [2, batch, time, -1])
          gate_inputs = torch.unbind(torch.narrow(inputs, 3, 0, torch.mul(width, 2)), 2)
          new_inputs = torch.unbind(torch.narrow(inputs, 3, torch.mul(width, 2), width), 2)
          state = torch.new_zeros(rows, [2, batch, width])
          states = annotate(List[Tensor], [])
          for step in range(time):
            before = torch.baddbmm(state_bias, state, from_state)
            recalled = torch.narrow(before, 2, torch.mul(width, 2), width)
            gates = torch.add(gate_inputs[step], torch.narrow(before, 2, 0, torch.mul(width, 2)))
            reset, update = torch.chunk(torch.sigmoid_(gates), 2, 2)
            new = torch.tanh_(torch.addcmul(new_inputs[step], reset, recalled))
            state = torch.lerp(new, state, update)
            _0 = torch.append(states, state)
          outputs = torch.stack(states, 2)
          forward, backward = torch.unbind(outputs)
          backward = torch.index_select(torch.flatten(backward, 0, 1), 0, places)
          return torch.cat([forward, torch.reshape(backward, [batch, time, width])], 2)
      """;

  private final TorchScript script;

  /**
   * The weights of one direction: of the reset gate, the update gate and the new state, one below
   * the other.
   *
   * @param fromInput (3 · width, in)
   * @param fromState (3 · width, width)
   * @param inputBias (3 · width)
   * @param stateBias (3 · width)
   */
  public record Direction(
      NDArray fromInput, NDArray fromState, NDArray inputBias, NDArray stateBias) {}

  /**
   * Copies the weights.
   *
   * @param owner the layer lives until it is closed
   */
  public BidirectionalGru(Direction forward, Direction backward, NDManager owner) {
    script = TorchScript.load(FORWARD, owner);
    keep(forward.fromInput().transpose(), backward.fromInput().transpose());
    keep(forward.fromState().transpose(), backward.fromState().transpose());
    keep(forward.inputBias().expandDims(0), backward.inputBias().expandDims(0));
    keep(forward.stateBias().expandDims(0), backward.stateBias().expandDims(0));
  }

  /** Takes ownership of both. */
  private void keep(NDArray forward, NDArray backward) {
    try (forward;
        backward;
        NDArray both = NDArrays.stack(new NDList(forward, backward))) {
      script.keep(both);
    }
  }

  /**
   * The outputs of both directions at each row, the forward one first.
   *
   * @param rows (batch, time, in)
   * @param order (batch, time), int64: for each row, which row of all, laid end to end, the
   *     backward direction reads in its place. It must be its own inverse
   * @return (batch, time, 2 · width), in the manager of the rows
   */
  public NDArray of(NDArray rows, NDArray order) {
    return script.forward(rows, order);
  }
}
