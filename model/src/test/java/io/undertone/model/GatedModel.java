package io.undertone.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A {@link FakeEmotionModel} that begins a batch when it is told to, and keeps what was in it. */
public final class GatedModel implements EmotionModel {
  private static final int MOST_SECONDS = 60;

  private final FakeEmotionModel model = new FakeEmotionModel("fake-1");
  private final RecognitionQueue queue = new RecognitionQueue(this);
  private final Semaphore gate = new Semaphore(0);
  private final Semaphore begun = new Semaphore(0);
  private final List<List<RecognitionRequest>> batches = new ArrayList<>();

  /** Lets so many batches through. */
  public void letThrough(int count) {
    gate.release(count);
  }

  /** Waits until one more batch stands before the gate or has passed it. */
  public void awaitBatch() {
    acquire(begun);
  }

  /** A test that went wrong must not wait forever. */
  private static void acquire(Semaphore semaphore) {
    try {
      if (!semaphore.tryAcquire(MOST_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nothing came within " + MOST_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All batches that came to the gate. */
  public synchronized List<List<RecognitionRequest>> batches() {
    return List.copyOf(batches);
  }

  /** How many utterances each batch had. */
  public List<Integer> batchSizes() {
    return batches().stream().map(List::size).toList();
  }

  /** How many memories were handed out and not yet closed. */
  public int openMemories() {
    return model.openMemories();
  }

  @Override
  public ModelVersion version() {
    return model.version();
  }

  @Override
  public int sampleRateHz() {
    return model.sampleRateHz();
  }

  @Override
  public LoraMemory newMemory(long seed) {
    return model.newMemory(seed);
  }

  @Override
  public LoraMemory restore(MemorySnapshot snapshot) {
    return model.restore(snapshot);
  }

  @Override
  public List<Recognition> recognize(List<RecognitionRequest> requests) {
    synchronized (this) {
      batches.add(List.copyOf(requests));
    }
    begun.release();
    acquire(gate);
    return model.recognize(requests);
  }

  @Override
  public RecognitionLine openLine(BatchLimits limits) {
    return queue.openLine(limits);
  }

  @Override
  public ModelWork work() {
    return model.work();
  }

  @Override
  public void close() {
    queue.close();
    model.close();
  }
}
