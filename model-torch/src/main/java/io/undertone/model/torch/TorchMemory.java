package io.undertone.model.torch;

import io.undertone.model.ChannelMemory;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.torch.memory.LiveMemory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A conversation's memory on the model's device, for use by any thread. Its first use brings it
 * there, so that whoever asks for a memory need not wait for the device.
 */
final class TorchMemory implements ChannelMemory {
  private final TorchEmotionModel model;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile int updateStep;

  /** Until the first use. This and the next belong to the device's owner thread. */
  private @Nullable Supplier<? extends LiveMemory> source;

  private @Nullable LiveMemory live;

  /**
   * @param source is asked once, on the device's owner thread
   */
  TorchMemory(TorchEmotionModel model, int updateStep, Supplier<? extends LiveMemory> source) {
    this.model = model;
    this.updateStep = updateStep;
    this.source = source;
  }

  boolean belongsTo(TorchEmotionModel other) {
    return model == other;
  }

  /** The live tensors, for the device's owner thread; an IllegalStateException if they are gone. */
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

  /** Makes the newest step visible to other threads. */
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

  /** Called once on the owner thread. */
  void closeLive() {
    source = null;
    if (live != null) {
      live.close();
      live = null;
    }
  }
}
