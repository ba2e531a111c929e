package io.undertone.operators.recognize;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** How long the oldest step in progress has been there. Only {@link #oldestMs} is thread-safe. */
final class StepAges {
  private static final long NONE = -1;

  private final LongSupplier clockMs;
  private final Deque<Step> inProgress = new ArrayDeque<>();
  private volatile long oldestAtMs = NONE;

  StepAges(LongSupplier clockMs) {
    this.clockMs = clockMs;
  }

  void begin(Step step) {
    inProgress.add(step);
    noteOldest();
  }

  void end(Step step) {
    inProgress.removeIf(one -> one == step);
    noteOldest();
  }

  private void noteOldest() {
    oldestAtMs = inProgress.isEmpty() ? NONE : inProgress.element().atMs();
  }

  /** Age of the oldest step, in ms; 0 if there is none. */
  long oldestMs() {
    long atMs = oldestAtMs;
    return atMs == NONE ? 0 : clockMs.getAsLong() - atMs;
  }
}
