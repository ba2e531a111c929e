package io.undertone.model.torch.memory.speaker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.MemoryFormatException;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.StateArrays;
import io.undertone.model.torch.memory.TensorLayout;
import io.undertone.model.torch.memory.TokenHistory;
import java.util.function.Supplier;

/** The memory of one channel: a {@link SpeakerState} and the last tokens of the conversation. */
public final class SpeakerMemory implements LiveMemory {
  private static final String NO_SUFFIX = "";

  private final TensorLayout layout;
  private final NDManager manager;
  private NDArray values;
  private int updateStep;

  /** A field of the snapshot format: unused here; restored and incremented for compatibility. */
  private int optimizerStep;

  private TokenHistory history;

  private SpeakerMemory(
      TensorLayout layout,
      NDManager manager,
      NDArray values,
      int updateStep,
      int optimizerStep,
      TokenHistory history) {
    this.layout = layout;
    this.manager = manager;
    this.values = values;
    this.updateStep = updateStep;
    this.optimizerStep = optimizerStep;
    this.history = history;
  }

  static SpeakerMemory create(TensorLayout layout, TokenHistory history, NDManager parent) {
    return StateArrays.owned(
        parent,
        manager -> {
          NDArray zeros = manager.zeros(new Shape(layout.size()));
          return new SpeakerMemory(layout, manager, zeros, 0, 0, history);
        });
  }

  /**
   * Validates the snapshot at once; the supplier creates the array on the owner thread.
   *
   * @throws MemoryFormatException if the snapshot does not have this layout
   */
  static Supplier<SpeakerMemory> restore(
      TensorLayout layout, MemorySnapshot snapshot, NDManager parent) {
    layout.checkCount(snapshot.tensors(), 0);
    float[] values = layout.values(snapshot.tensors(), NO_SUFFIX);
    TokenHistory history = TokenHistory.of(snapshot.history());
    int steps = snapshot.updateStep();
    int optimizerSteps = snapshot.optimizerStep();
    return () ->
        StateArrays.owned(
            parent,
            manager -> {
              NDArray array = StateArrays.of(values, manager);
              return new SpeakerMemory(layout, manager, array, steps, optimizerSteps, history);
            });
  }

  @Override
  public int updateStep() {
    return updateStep;
  }

  @Override
  public TokenHistory history() {
    return history;
  }

  @Override
  public MemorySnapshot snapshot(String modelFingerprint) {
    return new MemorySnapshot(
        modelFingerprint,
        updateStep,
        optimizerStep,
        history.tokens(),
        layout.tensors(values.toFloatArray(), NO_SUFFIX));
  }

  /** In the order of the layout, (size). */
  NDArray values() {
    return values;
  }

  void setHistory(TokenHistory newHistory) {
    history = newHistory;
  }

  /** Takes new values, and owns them from now on. */
  void update(NDArray newValues) {
    newValues.attach(manager);
    values.close();
    values = newValues;
    updateStep++;
    optimizerStep++;
  }

  @Override
  public void close() {
    manager.close();
  }
}
