package io.undertone.model.torch.memory;

import io.undertone.model.MemorySnapshot;

/** The memory of one channel as arrays on the device. Used and closed on the owner thread. */
public interface LiveMemory extends AutoCloseable {

  /** Number of updates applied so far. */
  int updateStep();

  /** The last tokens of the conversation. */
  TokenHistory history();

  /**
   * A copy as plain values.
   *
   * @param modelFingerprint of the model that the memory belongs to
   */
  MemorySnapshot snapshot(String modelFingerprint);

  @Override
  void close();
}
