package io.undertone.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * All that waits for one model. A single thread takes it from all lines in turn, batch by batch: a
 * batch begins when it is full, when a request has waited long enough, or when a line is flushed;
 * while one is heard, the next one gathers.
 *
 * <p>A line bounds itself: whoever has asked for enough asks again when something is done.
 */
public final class RecognitionQueue implements AutoCloseable {
  private final EmotionModel model;
  private final ScheduledThreadPoolExecutor worker;
  private final Deque<Line> turns = new ArrayDeque<>();
  private int waiting;

  /**
   * @param model must outlive this queue
   */
  public RecognitionQueue(EmotionModel model) {
    this.model = model;
    this.worker =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "recognition");
              thread.setDaemon(true);
              // It may outlive the job that asked first: it must not hold that job's classes.
              thread.setContextClassLoader(RecognitionQueue.class.getClassLoader());
              return thread;
            });
    worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Each result is closed once, before the queue. */
  public RecognitionLine openLine(BatchLimits limits) {
    return new Line(limits);
  }

  private record Waiting(RecognitionRequest request, CompletableFuture<Recognition> result) {}

  /** Says how many wait now, in all lines. */
  private synchronized int join(Line line, Waiting one) {
    if (line.requests.isEmpty()) {
      turns.add(line);
    }
    line.requests.add(one);
    waiting++;
    return waiting;
  }

  private synchronized void leave(Line line) {
    turns.remove(line);
    waiting -= line.requests.size();
    line.requests.clear();
  }

  private synchronized int waitingInAll() {
    return waiting;
  }

  /** One of each line in turn, until there are enough or none is left. */
  private synchronized List<Waiting> next(int most) {
    List<Waiting> batch = new ArrayList<>();
    while (batch.size() < most && !turns.isEmpty()) {
      Line line = turns.remove();
      batch.add(line.requests.remove());
      waiting--;
      if (!line.requests.isEmpty()) {
        turns.add(line);
      }
    }
    return batch;
  }

  private void hearBatch(int most) {
    List<Waiting> batch = next(most);
    if (batch.isEmpty()) {
      return; // Heard before, with others.
    }
    try {
      List<Recognition> heard = model.recognize(batch.stream().map(Waiting::request).toList());
      for (int i = 0; i < heard.size(); i++) {
        batch.get(i).result().complete(heard.get(i));
      }
    } catch (RuntimeException | Error e) {
      batch.forEach(one -> one.result().completeExceptionally(e));
    }
  }

  @Override
  public void close() {
    worker.shutdown();
  }

  private final class Line implements RecognitionLine {
    private final BatchLimits limits;
    private final Deque<Waiting> requests = new ArrayDeque<>();

    Line(BatchLimits limits) {
      this.limits = limits;
    }

    @Override
    public CompletableFuture<Recognition> hear(RecognitionRequest request) {
      Waiting one = new Waiting(request, new CompletableFuture<>());
      boolean full = join(this, one) % limits.utterances() == 0;
      long waitMs = full ? 0 : limits.waitMs();
      Future<?> unused = worker.schedule(this::hearBatch, waitMs, TimeUnit.MILLISECONDS);
      return one.result();
    }

    private void hearBatch() {
      RecognitionQueue.this.hearBatch(limits.utterances());
    }

    @Override
    public CompletableFuture<List<MemorySnapshot>> snapshots(List<LoraMemory> memories) {
      return CompletableFuture.supplyAsync(
          () -> memories.stream().map(LoraMemory::snapshot).toList(), worker);
    }

    @Override
    public int waiting() {
      return waitingInAll();
    }

    @Override
    public void flush() {
      for (int left = waitingInAll(); left > 0; left -= limits.utterances()) {
        worker.execute(this::hearBatch);
      }
    }

    @Override
    public void close() {
      leave(this);
      // What is being heard is over when the one thread comes to something else.
      CompletableFuture.runAsync(() -> {}, worker).join();
    }
  }
}
