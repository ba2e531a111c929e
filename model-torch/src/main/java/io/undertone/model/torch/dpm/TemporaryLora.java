package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.MemoryFormatException;
import io.undertone.model.MemorySnapshot.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The memory of one conversation, live on the device: a temporary LoRA, its optimiser's moments,
 * and the conversation's last tokens. Used on the device's owner thread, where it is also closed.
 */
public final class TemporaryLora implements AutoCloseable {
  private static final String FIRST_MOMENT = ".exp_avg";
  private static final String SECOND_MOMENT = ".exp_avg_sq";

  private final LoraLayout layout;
  private final NDManager manager;
  private LoraState state;
  private int updateStep;
  private int[] history;

  private TemporaryLora(
      LoraLayout layout, NDManager manager, LoraState state, int updateStep, int[] history) {
    this.layout = layout;
    this.manager = manager;
    this.state = state;
    this.updateStep = updateStep;
    this.history = history;
  }

  static TemporaryLora fresh(LoraLayout layout, long seed, int[] history, NDManager parent) {
    NDManager manager = parent.newSubManager();
    Shape shape = new Shape(layout.size());
    LoraState state =
        new LoraState(
            array(layout.initial(seed), manager), manager.zeros(shape), manager.zeros(shape));
    return new TemporaryLora(layout, manager, state, 0, history);
  }

  static TemporaryLora restored(
      LoraLayout layout, int updateStep, int[] history, List<Tensor> tensors, NDManager parent) {
    int count = layout.matrices();
    if (tensors.size() != 3 * count) {
      throw new MemoryFormatException(
          "memory must have " + 3 * count + " tensors, but has " + tensors.size());
    }
    float[] parameters = layout.values(tensors.subList(0, count), "");
    float[] first = layout.values(tensors.subList(count, 2 * count), FIRST_MOMENT);
    float[] second = layout.values(tensors.subList(2 * count, 3 * count), SECOND_MOMENT);
    NDManager manager = parent.newSubManager();
    LoraState state =
        new LoraState(array(parameters, manager), array(first, manager), array(second, manager));
    return new TemporaryLora(layout, manager, state, updateStep, history.clone());
  }

  private static NDArray array(float[] values, NDManager manager) {
    try (NDArray view = manager.create(values)) {
      return view.duplicate();
    }
  }

  /** How many updates it has taken. */
  public int updateStep() {
    return updateStep;
  }

  /** The conversation's last tokens, oldest first. */
  public int[] history() {
    return history.clone();
  }

  /** Adapters, then first moments, then second moments, by name. */
  public List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>();
    tensors.addAll(layout.tensors(state.parameters().toFloatArray(), ""));
    tensors.addAll(layout.tensors(state.firstMoment().toFloatArray(), FIRST_MOMENT));
    tensors.addAll(layout.tensors(state.secondMoment().toFloatArray(), SECOND_MOMENT));
    return tensors;
  }

  LoraState state() {
    return state;
  }

  /** The last tokens of the history, all where there are not so many. */
  public int[] last(int tokens) {
    return last(history, tokens);
  }

  /** The last tokens of any history, all where there are not so many. */
  static int[] last(int[] history, int tokens) {
    return Arrays.copyOfRange(history, Math.max(0, history.length - tokens), history.length);
  }

  /** The history with an utterance at its end, as long as its last tokens. */
  int[] historyWith(int[] utterance, int tokens) {
    int[] longer = Arrays.copyOf(history, history.length + utterance.length);
    System.arraycopy(utterance, 0, longer, history.length, utterance.length);
    return last(longer, tokens);
  }

  void remember(int[] newHistory) {
    history = newHistory;
  }

  /** Takes over a row of a batch as the result of an update. */
  void learned(LoraState batch, int row) {
    LoraState old = state;
    state = batch.row(row, manager);
    old.close();
    updateStep++;
  }

  @Override
  public void close() {
    manager.close();
  }
}
