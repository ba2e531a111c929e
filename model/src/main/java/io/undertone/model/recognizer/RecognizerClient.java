package io.undertone.model.recognizer;

import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionModel;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.recognizer.Recognizer.PendingRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One user of a {@link Recognizer}. Its methods do not wait for the model; results come as futures.
 *
 * <p>For use by one thread. The model's thread completes the futures. Do no long work there: it
 * serves all clients. A client has no bound of its own: limit the requests that you have in
 * progress.
 */
public final class RecognizerClient implements AutoCloseable {
  private final Recognizer recognizer;
  private final DeviceThread thread;
  private final BatchLimits limits;
  private final Consumer<DeviceHungException> onHung;

  /** Guarded by the recognizer. */
  private final Deque<PendingRequest> requests = new ArrayDeque<>();

  RecognizerClient(
      Recognizer recognizer,
      DeviceThread thread,
      BatchLimits limits,
      Consumer<DeviceHungException> onHung) {
    this.recognizer = recognizer;
    this.thread = thread;
    this.limits = limits;
    this.onHung = onHung;
    thread.addListener(onHung);
  }

  BatchLimits limits() {
    return limits;
  }

  Deque<PendingRequest> requests() {
    return requests;
  }

  /**
   * Recognizes an utterance as {@link EmotionModel#recognize} does. The result fails with
   *
   * <ul>
   *   <li>an {@link UnrecognizableUtteranceException} if the model fails on this utterance alone;
   *   <li>a {@link DeviceHungException} if a batch of any client has missed its deadline;
   *   <li>the model's own exception or error if the model does not work.
   * </ul>
   *
   * @param request its memory must be in no other request until this one is done
   */
  public CompletableFuture<Recognition> submit(RecognitionRequest request) {
    return recognizer.add(this, request);
  }

  /** Starts batches for all pending requests now. */
  public void flush() {
    recognizer.flush(limits);
  }

  /** Reads memories from the device, in their order, after the batches that have started. */
  public CompletableFuture<List<MemorySnapshot>> snapshots(List<ChannelMemory> memories) {
    return thread.submit(
        limits.deadlineMs(), () -> memories.stream().map(ChannelMemory::snapshot).toList());
  }

  /**
   * The same for many memories, without holding all snapshots at once. The iterator waits for the
   * model's thread, which it enters once for each 128 MiB of memories.
   */
  public Iterator<MemorySnapshot> readSnapshots(List<ChannelMemory> memories) {
    return new SnapshotReader(this, memories);
  }

  /**
   * Drops pending requests, and returns when the model works on none of this client's, or when its
   * device has hung. Results of dropped requests never complete.
   */
  @Override
  public void close() {
    recognizer.remove(this);
    thread.removeListener(onHung);
    try {
      // The batch in progress is over when the thread gets to another task.
      thread.call(() -> true);
    } catch (DeviceHungException e) {
      // The results have failed with it.
    }
  }
}
