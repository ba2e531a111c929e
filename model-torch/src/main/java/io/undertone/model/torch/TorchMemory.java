package io.undertone.model.torch;

import io.undertone.model.ChannelMemory;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.torch.dpm.TemporaryLora;
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
  private @Nullable Supplier<TemporaryLora> source;

  private @Nullable TemporaryLora lora;

  /**
   * @param source is asked once, on the device's owner thread
   */
  TorchMemory(TorchEmotionModel model, int updateStep, Supplier<TemporaryLora> source) {
    this.model = model;
    this.updateStep = updateStep;
    this.source = source;
  }

  boolean belongsTo(TorchEmotionModel other) {
    return model == other;
  }

  /** The live tensors, for the device's owner thread; an IllegalStateException if they are gone. */
  TemporaryLora lora() {
    checkOpen();
    if (source != null) {
      lora = source.get();
      source = null;
    }
    if (lora == null) {
      throw new IllegalStateException("memory must have a source");
    }
    return lora;
  }

  void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException("memory must be open, but is closed");
    }
  }

  /** Makes the newest step visible to other threads. */
  void updated() {
    updateStep = lora().updateStep();
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
  void closeLora() {
    source = null;
    if (lora != null) {
      lora.close();
      lora = null;
    }
  }
}
