package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.MemoryFormatException;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.MemorySnapshot.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one conversation, live on the device: a temporary LoRA, its optimiser's moments,
 * and the conversation's last tokens. Used on the device's owner thread, where it is also closed.
 */
public final class TemporaryLora implements AutoCloseable {
  /** What is behind the name of a matrix: nothing for itself, then the optimiser's moments. */
  private static final List<String> SUFFIXES =
      List.of("", Tensor.FIRST_MOMENT, Tensor.SECOND_MOMENT);

  private final LoraLayout layout;
  private final NDManager manager;
  private LoraState state;
  private int updateStep;
  private int optimizerStep;
  private int[] history;

  /**
   * Of the whole history; none after an update that kept none, and in a memory that was restored.
   */
  private @Nullable NDArray keys;

  private TemporaryLora(
      LoraLayout layout,
      NDManager manager,
      LoraState state,
      int updateStep,
      int optimizerStep,
      int[] history) {
    this.layout = layout;
    this.manager = manager;
    this.state = state;
    this.updateStep = updateStep;
    this.optimizerStep = optimizerStep;
    this.history = history;
  }

  /**
   * @param moments how many the optimiser has
   */
  static TemporaryLora fresh(
      LoraLayout layout, int moments, long seed, int[] history, NDManager parent) {
    NDManager manager = parent.newSubManager();
    List<NDArray> zeros = new ArrayList<>();
    for (int i = 0; i < moments; i++) {
      zeros.add(manager.zeros(new Shape(layout.size())));
    }
    LoraState state = new LoraState(array(layout.initial(seed), manager), zeros);
    return new TemporaryLora(layout, manager, state, 0, 0, history);
  }

  /** Checked at once; the arrays are made by whoever asks for the memory, on the owner thread. */
  static Supplier<TemporaryLora> restored(
      LoraLayout layout, int moments, MemorySnapshot snapshot, NDManager parent) {
    List<Tensor> tensors = snapshot.tensors();
    int count = layout.matrices();
    int parts = 1 + moments;
    if (tensors.size() != parts * count) {
      throw new MemoryFormatException(
          "memory must have " + parts * count + " tensors, but has " + tensors.size());
    }
    List<float[]> values = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      List<Tensor> own = tensors.subList(part * count, (part + 1) * count);
      values.add(layout.values(own, SUFFIXES.get(part)));
    }
    int[] history = snapshot.history().clone();
    return () -> {
      NDManager manager = parent.newSubManager();
      List<NDArray> arrays = values.stream().map(part -> array(part, manager)).toList();
      LoraState state = new LoraState(arrays.get(0), arrays.subList(1, parts));
      return new TemporaryLora(
          layout, manager, state, snapshot.updateStep(), snapshot.optimizerStep(), history);
    };
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

  /** How many of them the optimiser remembers. */
  int optimizerStep() {
    return optimizerStep;
  }

  /** The conversation's last tokens, oldest first. */
  public int[] history() {
    return history.clone();
  }

  /** Adapters, then the optimiser's moments, if it has any, by name. */
  public List<Tensor> tensors() {
    List<NDArray> parts = state.parts().toList();
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      tensors.addAll(layout.tensors(parts.get(i).toFloatArray(), SUFFIXES.get(i)));
    }
    return tensors;
  }

  /**
   * All of it as plain values.
   *
   * @param modelFingerprint of the model that it belongs to
   */
  public MemorySnapshot snapshot(String modelFingerprint) {
    return new MemorySnapshot(modelFingerprint, updateStep, optimizerStep, history(), tensors());
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

  /** The last tokens of several histories. */
  static List<int[]> lastOfEach(List<int[]> histories, int tokens) {
    return histories.stream().map(history -> last(history, tokens)).toList();
  }

  /** The history with an utterance at its end, as long as its last tokens. */
  int[] historyWith(int[] utterance, int tokens) {
    int[] longer = Arrays.copyOf(history, history.length + utterance.length);
    System.arraycopy(utterance, 0, longer, history.length, utterance.length);
    return last(longer, tokens);
  }

  void remember(int[] newHistory) {
    history = newHistory;
    if (keys != null) {
      keys.close();
      keys = null;
    }
  }

  /** Keys and values of the history, as {@link KeptKeys} has them, if they are there. */
  Optional<NDArray> keys() {
    return Optional.ofNullable(keys);
  }

  /** Takes over the keys and values of the history, which belong to {@link #manager} already. */
  void keep(NDArray keysOfHistory) {
    keys = keysOfHistory;
  }

  /** Owner of what this memory keeps. */
  NDManager manager() {
    return manager;
  }

  /** Takes over a row of a batch as the result of an update. */
  void learned(LoraState batch, int row) {
    LoraState old = state;
    state = batch.row(row, manager);
    old.close();
    updateStep++;
    optimizerStep++;
  }

  @Override
  public void close() {
    manager.close();
  }
}
