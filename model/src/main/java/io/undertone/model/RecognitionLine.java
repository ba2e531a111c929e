package io.undertone.model;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One user's way to a model that many users share: what is asked for here is done elsewhere, in
 * batches with what others ask for. Users take turns, so that none waits behind another's backlog.
 *
 * <p>Used by one thread, but for {@link #waiting}. Results are completed by another one, which must
 * not be kept waiting: it serves all users.
 */
public interface RecognitionLine extends AutoCloseable {

  /**
   * Hears an utterance as {@link EmotionModel#recognize} does. What that throws, all of the batch
   * are given.
   *
   * @param request its memory must be in no other request until this one is done
   */
  CompletableFuture<Recognition> hear(RecognitionRequest request);

  /** Memories as plain values, in their order: as they are after all batches that have begun. */
  CompletableFuture<List<MemorySnapshot>> snapshots(List<LoraMemory> memories);

  /** Lets all that waits be heard now, without waiting for more. */
  void flush();

  /** How many requests wait for the model now, in all its lines; for any thread. */
  int waiting();

  /**
   * Takes back what waits, and returns when nothing of this line is being heard any more. Results
   * of what was taken back never come.
   */
  @Override
  void close();
}
