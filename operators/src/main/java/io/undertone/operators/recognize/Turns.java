package io.undertone.operators.recognize;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Who may go on: of each call one step at a time, in the order in which they came. Calls do not
 * wait for each other.
 */
final class Turns<T> {
  /** For each call that has a step under way, those behind it. */
  private final Map<String, Deque<T>> behind = new HashMap<>();

  private final AtomicInteger steps = new AtomicInteger();

  /** Whether the step is under way at once; else {@link #leave} gives it when its turn comes. */
  boolean enter(String key, T step) {
    Deque<T> others = behind.get(key);
    if (others == null) {
      hold(key);
      return true;
    }
    others.add(step);
    steps.incrementAndGet();
    return false;
  }

  /** Whether a call has no step under way. */
  boolean isFree(String key) {
    return !behind.containsKey(key);
  }

  /** Has a call that has no step under way wait until {@link #leave}. */
  void hold(String key) {
    if (behind.putIfAbsent(key, new ArrayDeque<>()) != null) {
      throw new IllegalStateException("call must have no step under way, but has one: " + key);
    }
    steps.incrementAndGet();
  }

  /** Ends what is under way for a call, and gives its next step, which now is. */
  @Nullable T leave(String key) {
    Deque<T> others = behind.get(key);
    if (others == null) {
      throw new IllegalStateException("call must have a step under way, but has none: " + key);
    }
    steps.decrementAndGet();
    T next = others.poll();
    if (next == null) {
      behind.remove(key);
    }
    return next;
  }

  /** Steps under way and behind them; for any thread. */
  int steps() {
    return steps.get();
  }
}
