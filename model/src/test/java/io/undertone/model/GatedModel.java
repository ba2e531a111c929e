package io.undertone.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A {@link FakeEmotionModel} that holds each batch until a test releases it, and records it. */
public final class GatedModel extends WrappedModel {
  private static final int MOST_SECONDS = 60;

  private final Semaphore gate = new Semaphore(0);
  private final Semaphore begun = new Semaphore(0);
  private final List<List<RecognitionRequest>> batches = new ArrayList<>();
  private final List<Thread> batchThreads = new ArrayList<>();
  private volatile boolean closed;

  public GatedModel() {
    super("fake-1");
  }

  /** Lets some more batches pass. */
  public void release(int count) {
    gate.release(count);
  }

  /** Waits until one more batch has reached the gate. */
  public void awaitBatch() {
    acquire(begun);
  }

  /** A failed test must not wait forever. */
  private static void acquire(Semaphore semaphore) {
    try {
      if (!semaphore.tryAcquire(MOST_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("no batch within " + MOST_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All batches that have reached the gate. */
  public synchronized List<List<RecognitionRequest>> batches() {
    return List.copyOf(batches);
  }

  /** The thread of each batch. */
  public synchronized List<Thread> batchThreads() {
    return List.copyOf(batchThreads);
  }

  /** Whether the model is closed. */
  public boolean isClosed() {
    return closed;
  }

  /** The number of utterances in each batch. */
  public List<Integer> batchSizes() {
    return batches().stream().map(List::size).toList();
  }

  /** How many memories are open. */
  public int openMemories() {
    return model.openMemories();
  }

  @Override
  public List<Recognition> recognize(List<RecognitionRequest> requests) {
    synchronized (this) {
      batches.add(List.copyOf(requests));
      batchThreads.add(Thread.currentThread());
    }
    begun.release();
    acquire(gate);
    return model.recognize(requests);
  }

  @Override
  public void close() {
    closed = true;
    super.close();
  }
}
