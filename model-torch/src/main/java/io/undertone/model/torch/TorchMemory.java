package io.undertone.model.torch;

import io.undertone.model.LoraMemory;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.torch.dpm.TemporaryLora;

/** A conversation's memory on the model's device, for use by any thread. */
final class TorchMemory implements LoraMemory {
  private final TorchEmotionModel model;
  private final TemporaryLora lora;
  private volatile int updateStep;
  private volatile boolean closed;

  TorchMemory(TorchEmotionModel model, TemporaryLora lora) {
    this.model = model;
    this.lora = lora;
    this.updateStep = lora.updateStep();
  }

  boolean belongsTo(TorchEmotionModel other) {
    return model == other;
  }

  /** The live tensors, for the device's owner thread; an IllegalStateException if they are gone. */
  TemporaryLora lora() {
    checkOpen();
    return lora;
  }

  void checkOpen() {
    if (closed) {
      throw new IllegalStateException("memory must be open, but is closed");
    }
  }

  /** Makes the newest step visible to other threads. */
  void updated() {
    updateStep = lora.updateStep();
  }

  @Override
  public int updateStep() {
    return updateStep;
  }

  @Override
  public MemorySnapshot snapshot() {
    return model.snapshot(this);
  }

  @Override
  public void close() {
    model.release(this);
  }

  /** Called once on the owner thread. */
  void closeLora() {
    if (!closed) {
      closed = true;
      lora.close();
    }
  }
}
