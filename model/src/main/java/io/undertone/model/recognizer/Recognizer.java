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
 */
public final class Recognizer {
  private final EmotionModel model;
  private final DeviceThread thread;

  /** Clients with pending requests, in the order of their turns. */
  private final Deque<RecognizerClient> turns = new ArrayDeque<>();

  private int pending;

  /**
   * @param thread runs the batches; the thread that owns the model's device, if it has one
   */
  public Recognizer(EmotionModel model, DeviceThread thread) {
    this.model = model;
    this.thread = thread;
  }

  /** A new user of the model. Each client is closed once, before the model. */
  public RecognizerClient newClient(BatchLimits limits) {
    return new RecognizerClient(this, thread, limits);
  }

  /** How many requests of all clients wait for a batch. Thread-safe. */
  public synchronized int pending() {
    return pending;
  }

  /**
   * A request that is in no batch yet.
   *
   * @param timer starts a batch when the request has waited long enough
   */
  record PendingRequest(
      RecognitionRequest request, CompletableFuture<Recognition> result, Future<?> timer) {}

  synchronized CompletableFuture<Recognition> add(
      RecognizerClient client, RecognitionRequest request) {
    BatchLimits limits = client.limits();
    int size = limits.utterances();
    Future<?> timer = thread.executeAfter(limits.waitMs(), () -> runBatch(size));
    PendingRequest added = new PendingRequest(request, new CompletableFuture<>(), timer);
    if (client.requests().isEmpty()) {
      turns.add(client);
    }
    client.requests().add(added);
    pending++;
    if (pending % size == 0) {
      thread.execute(() -> runBatch(size));
    }
    return added.result();
  }

  /** Starts as many batches of a size as it takes for all pending requests. */
  void flush(int size) {
    for (int left = pending(); left > 0; left -= size) {
      thread.execute(() -> runBatch(size));
    }
  }

  /** Drops a client's pending requests. Their results never complete. */
  synchronized void remove(RecognizerClient client) {
    turns.remove(client);
    pending -= client.requests().size();
    client.requests().forEach(request -> request.timer().cancel(false));
    client.requests().clear();
  }

  /** Takes one request of each client in turn, until there are enough or none is left. */
  private synchronized List<PendingRequest> nextBatch(int size) {
    List<PendingRequest> batch = new ArrayList<>();
    while (batch.size() < size && !turns.isEmpty()) {
      RecognizerClient client = turns.remove();
      PendingRequest next = client.requests().remove();
      next.timer().cancel(false);
      batch.add(next);
      if (!client.requests().isEmpty()) {
        turns.add(client);
      }
    }
    pending -= batch.size();
    return batch;
  }

  private void runBatch(int size) {
    List<PendingRequest> batch = nextBatch(size);
    if (batch.isEmpty()) {
      return; // Earlier batches took all requests.
    }
    try {
      List<Recognition> results =
          model.recognize(batch.stream().map(PendingRequest::request).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).result().complete(results.get(i));
      }
    } catch (RuntimeException | Error e) {
      batch.forEach(request -> request.result().completeExceptionally(e));
    }
  }
}
