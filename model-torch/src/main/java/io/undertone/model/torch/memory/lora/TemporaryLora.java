package io.undertone.model.torch.memory.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.MemoryFormatException;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.MemorySnapshot.Tensor;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.StateArrays;
import io.undertone.model.torch.memory.TensorLayout;
import io.undertone.model.torch.memory.TokenHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one channel: a temporary LoRA, its optimiser's moments, and the last tokens of the
 * conversation.
 */
public final class TemporaryLora implements LiveMemory {
  /** Suffixes of tensor names: of the parameters, then of the optimiser's moments. */
  private static final List<String> SUFFIXES =
      List.of("", Tensor.FIRST_MOMENT, Tensor.SECOND_MOMENT);

  private final TensorLayout layout;
  private final NDManager manager;
  private LoraState state;
  private int updateStep;
  private int optimizerStep;
  private TokenHistory history;

  /** Keys and values of the whole history, as {@link KeptKeys} has them; null if none are kept. */
  private @Nullable NDArray keys;

  private TemporaryLora(
      TensorLayout layout,
      NDManager manager,
      LoraState state,
      int updateStep,
      int optimizerStep,
      TokenHistory history) {
    this.layout = layout;
    this.manager = manager;
    this.state = state;
    this.updateStep = updateStep;
    this.optimizerStep = optimizerStep;
    this.history = history;
  }

  /**
   * @param moments number of the optimiser's moments
   */
  static TemporaryLora create(
      LoraLayout layout, int moments, long seed, TokenHistory history, NDManager parent) {
    return StateArrays.owned(
        parent,
        manager -> {
          List<NDArray> zeros = new ArrayList<>();
          for (int i = 0; i < moments; i++) {
            zeros.add(manager.zeros(new Shape(layout.size())));
          }
          LoraState state = new LoraState(StateArrays.of(layout.initial(seed), manager), zeros);
          return new TemporaryLora(layout.tensors(), manager, state, 0, 0, history);
        });
  }

  /**
   * Validates the snapshot at once; the supplier creates the arrays on the owner thread.
   *
   * @throws MemoryFormatException if the snapshot does not have this layout
   */
  static Supplier<TemporaryLora> restore(
      TensorLayout layout, int moments, MemorySnapshot snapshot, NDManager parent) {
    layout.checkCount(snapshot.tensors(), moments);
    int count = layout.matrices().size();
    List<float[]> values = new ArrayList<>();
    for (int part = 0; part <= moments; part++) {
      List<Tensor> own = snapshot.tensors().subList(part * count, (part + 1) * count);
      values.add(layout.values(own, SUFFIXES.get(part)));
    }
    TokenHistory history = TokenHistory.of(snapshot.history());
    int steps = snapshot.updateStep();
    int optimizerSteps = snapshot.optimizerStep();
    return () ->
        StateArrays.owned(
            parent,
            manager -> {
              List<NDArray> arrays =
                  values.stream().map(part -> StateArrays.of(part, manager)).toList();
              LoraState state = new LoraState(arrays.get(0), arrays.subList(1, arrays.size()));
              return new TemporaryLora(layout, manager, state, steps, optimizerSteps, history);
            });
  }

  @Override
  public int updateStep() {
    return updateStep;
  }

  /** Number of updates since the optimiser's moments were zero. */
  int optimizerStep() {
    return optimizerStep;
  }

  @Override
  public TokenHistory history() {
    return history;
  }

  @Override
  public MemorySnapshot snapshot(String modelFingerprint) {
    List<NDArray> parts = state.parts().toList();
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      tensors.addAll(layout.tensors(parts.get(i).toFloatArray(), SUFFIXES.get(i)));
    }
    return new MemorySnapshot(
        modelFingerprint, updateStep, optimizerStep, history.tokens(), tensors);
  }

  LoraState state() {
    return state;
  }

  /** Replaces the history and drops the keys of the old one. */
  void setHistory(TokenHistory newHistory) {
    history = newHistory;
    if (keys != null) {
      keys.close();
      keys = null;
    }
  }

  /** Keys and values of the history, as {@link KeptKeys} has them; empty if none are kept. */
  Optional<NDArray> keys() {
    return Optional.ofNullable(keys);
  }

  /** Keeps the keys and values of the history, and owns them from now on. */
  void setKeys(NDArray keysOfHistory) {
    keysOfHistory.attach(manager);
    keys = keysOfHistory;
  }

  /** Takes a new state, and owns it from now on. */
  void update(LoraState newState) {
    newState.attach(manager);
    state.close();
    state = newState;
    updateStep++;
    optimizerStep++;
  }

  @Override
  public void close() {
    manager.close();
  }
}
