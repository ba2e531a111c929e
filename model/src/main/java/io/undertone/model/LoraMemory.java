package io.undertone.model;

/**
 * What a model has heard of one call: a temporary LoRA, its optimiser's state and the last tokens,
 * live on the model's device. Made and changed by one {@link EmotionModel} only; whoever asked for
 * it closes it.
 */
public interface LoraMemory extends AutoCloseable {

  /** How many updates this memory has taken. */
  int updateStep();

  /** How much of the device's memory it takes. */
  long sizeBytes();

  /** The same memory as plain values, which live on after {@link #close}. */
  MemorySnapshot snapshot();

  /**
   * Gives the device's memory back, when the device has come to the end of what it is doing: this
   * does not wait. Closing twice is harmless.
   */
  @Override
  void close();
}
