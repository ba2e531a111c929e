package io.undertone.model.recognizer;

import io.undertone.model.EmotionModel;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Recognizes utterances for all users of one model, batch by batch on the model's thread. Each user
 * is a {@link RecognizerClient}. Clients share batches and take turns in them, so that no client
 * waits for another one's backlog.
 *
 * <pre>
 * client: requests ─┐
 * client: requests ─┼─ one of each in turn ─► batch ─► model (device thread) ─► futures
 * client: requests ─┘
 * </pre>
 *
 * <p>A batch starts when it is full, when a request has waited for as long as its client allows, or
 * when a client flushes. While the model computes one batch, requests for the next ones queue up.
 * {@link BatchRunner} says what happens to a batch that fails.
 */
public final class Recognizer {
  private final DeviceThread thread;
  private final BatchRunner runner;

  /** Clients with pending requests, in the order of their turns. */
  private final Deque<RecognizerClient> turns = new ArrayDeque<>();

  private final LongSupplier nanoTime;
  private int pending;
  private long waitedNanos;

  /**
   * @param thread runs the batches; the thread that owns the model's device, if it has one
   */
  public Recognizer(EmotionModel model, DeviceThread thread) {
    this(model, thread, System::nanoTime);
  }

  Recognizer(EmotionModel model, DeviceThread thread, LongSupplier nanoTime) {
    this.thread = thread;
    this.nanoTime = nanoTime;
    this.runner = new BatchRunner(model, thread, nanoTime);
  }

  /** A new user of the model. Each client is closed once, before the model. */
  public RecognizerClient newClient(BatchLimits limits) {
    return newClient(limits, failure -> {});
  }

  /**
   * The same.
   *
   * @param onHung called once, on a thread of its own, if the device misses a deadline; requests
   *     fail afterwards
   */
  public RecognizerClient newClient(BatchLimits limits, Consumer<DeviceHungException> onHung) {
    return new RecognizerClient(this, thread, limits, onHung);
  }

  /** How many requests of all clients wait for a batch. Thread-safe. */
  public synchronized int pending() {
    return pending;
  }

  /** How many batches have failed, and were repeated one utterance at a time. Thread-safe. */
  public long failedBatches() {
    return runner.failedBatches();
  }

  /** How many batches did not fit the device's memory, and were repeated in halves. Thread-safe. */
  public long oversizeBatches() {
    return runner.oversizeBatches();
  }

  /** For how long the model has computed so far. Thread-safe. */
  public long busyMs() {
    return TimeUnit.NANOSECONDS.toMillis(runner.busyNanos());
  }

  /** For how long requests have waited for their batches so far, all together. Thread-safe. */
  public synchronized long waitedMs() {
    return TimeUnit.NANOSECONDS.toMillis(waitedNanos);
  }

  /**
   * A request that is in no batch yet.
   *
   * @param timer starts a batch when the request has waited long enough
   * @param sinceNanos when it came
   */
  record PendingRequest(
      RecognitionRequest request,
      CompletableFuture<Recognition> result,
      Future<?> timer,
      long sinceNanos) {}

  synchronized CompletableFuture<Recognition> add(
      RecognizerClient client, RecognitionRequest request) {
    BatchLimits limits = client.limits();
    Future<?> timer = thread.executeAfter(limits.waitMs(), () -> runBatch(limits));
    PendingRequest added =
        new PendingRequest(request, thread.newResult(), timer, nanoTime.getAsLong());
    if (client.requests().isEmpty()) {
      turns.add(client);
    }
    client.requests().add(added);
    pending++;
    if (pending % limits.utterances() == 0) {
      thread.execute(() -> runBatch(limits));
    }
    return added.result();
  }

  /** Starts as many batches as it takes for all pending requests. */
  void flush(BatchLimits limits) {
    for (int left = pending(); left > 0; left -= limits.utterances()) {
      thread.execute(() -> runBatch(limits));
    }
  }

  /** Drops a client's pending requests. Their results never complete. */
  synchronized void remove(RecognizerClient client) {
    turns.remove(client);
    pending -= client.requests().size();
    for (PendingRequest request : client.requests()) {
      request.timer().cancel(false);
      thread.forget(request.result());
    }
    client.requests().clear();
  }

  /** Takes one request of each client in turn, until there are enough or none is left. */
  private synchronized List<PendingRequest> nextBatch(int size) {
    List<PendingRequest> batch = new ArrayList<>();
    long nowNanos = nanoTime.getAsLong();
    while (batch.size() < size && !turns.isEmpty()) {
      RecognizerClient client = turns.remove();
      PendingRequest next = client.requests().remove();
      next.timer().cancel(false);
      waitedNanos += nowNanos - next.sinceNanos();
      batch.add(next);
      if (!client.requests().isEmpty()) {
        turns.add(client);
      }
    }
    pending -= batch.size();
    return batch;
  }

  private void runBatch(BatchLimits limits) {
    List<PendingRequest> batch = nextBatch(limits.utterances());
    // Earlier batches may have taken all requests.
    if (!batch.isEmpty()) {
      runner.run(batch, limits.deadlineMs());
    }
  }
}
