package io.undertone.model.torch;

import io.undertone.model.ChannelMemory;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.torch.memory.LiveMemory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A channel's memory on the model's device. Thread-safe. Its first use copies it to the device, so
 * that opening a memory does not wait for the device.
 */
final class TorchMemory implements ChannelMemory {
  private final TorchEmotionModel model;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile int updateStep;

  /** Null after the first use. This field and the next belong to the device's owner thread. */
  private @Nullable Supplier<? extends LiveMemory> source;

  private @Nullable LiveMemory live;

  /**
   * @param source called at most once, on the device's owner thread
   */
  TorchMemory(TorchEmotionModel model, int updateStep, Supplier<? extends LiveMemory> source) {
    this.model = model;
    this.updateStep = updateStep;
    this.source = source;
  }

  boolean belongsTo(TorchEmotionModel other) {
    return model == other;
  }

  /**
   * The arrays on the device. Call it on the owner thread.
   *
   * @throws IllegalStateException if the memory is closed
   */
  LiveMemory live() {
    checkOpen();
    if (source != null) {
      live = source.get();
      source = null;
    }
    if (live == null) {
      throw new IllegalStateException("memory must have a source");
    }
    return live;
  }

  void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException("memory must be open, but is closed");
    }
  }

  /** Publishes the newest step to other threads. */
  void updated() {
    updateStep = live().updateStep();
  }

  @Override
  public int updateStep() {
    return updateStep;
  }

  @Override
  public long sizeBytes() {
    return model.memoryBytes();
  }

  @Override
  public MemorySnapshot snapshot() {
    return model.snapshot(this);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      model.release(this);
    }
  }

  /** Frees the arrays. Called once, on the owner thread. */
  void closeLive() {
    source = null;
    if (live != null) {
      live.close();
      live = null;
    }
  }
}
