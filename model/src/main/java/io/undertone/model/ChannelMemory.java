package io.undertone.model;

/**
 * What a model has learned of one channel of a call, live on the model's device. Only the {@link
 * EmotionModel} that made it uses and changes it. The caller closes it.
 */
public interface ChannelMemory extends AutoCloseable {

  /** How many updates this memory has taken. */
  int updateStep();

  /** Size on the device, in bytes. */
  long sizeBytes();

  /** A copy of its values, which stays valid after {@link #close}. */
  MemorySnapshot snapshot();

  /**
   * Frees the device's memory once the device has finished its current task; does not wait for
   * that. Closing twice is harmless.
   */
  @Override
  void close();
}
