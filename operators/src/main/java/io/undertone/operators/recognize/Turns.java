package io.undertone.operators.recognize;

import io.undertone.operators.Conversation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lets one step of each call be in progress at a time, in the order in which the steps came. Calls
 * do not wait for each other.
 */
final class Turns<T> {
  /** For each call with a step in progress, the steps that wait for it. */
  private final Map<String, Deque<T>> waiting = new HashMap<>();

  private final AtomicInteger steps = new AtomicInteger();

  /** Whether the step's turn has come. If not, {@link #leave} returns it when it has. */
  boolean enter(String key, T step) {
    Deque<T> waitingSteps = waiting.get(key);
    if (waitingSteps == null) {
      hold(key);
      return true;
    }
    waitingSteps.add(step);
    steps.incrementAndGet();
    return false;
  }

  /** Makes a call without a step in progress wait until {@link #leave}. */
  void hold(String key) {
    if (waiting.putIfAbsent(key, new ArrayDeque<>()) != null) {
      throw new IllegalStateException(
          "call must have no step in progress, but has one: " + Conversation.logName(key));
    }
    steps.incrementAndGet();
  }

  /** Ends the step of a call, and returns the next one, whose turn it is. */
  @Nullable T leave(String key) {
    Deque<T> waitingSteps = waiting.get(key);
    if (waitingSteps == null) {
      throw new IllegalStateException(
          "call must have a step in progress, but has none: " + Conversation.logName(key));
    }
    steps.decrementAndGet();
    T next = waitingSteps.poll();
    if (next == null) {
      waiting.remove(key);
    }
    return next;
  }

  /** Steps of a call in progress and waiting. */
  int steps(String key) {
    Deque<T> waitingSteps = waiting.get(key);
    return waitingSteps == null ? 0 : 1 + waitingSteps.size();
  }

  /** Steps in progress and waiting. Thread-safe. */
  int steps() {
    return steps.get();
  }
}
