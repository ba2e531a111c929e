package io.undertone.bench.simulation;

import java.util.PriorityQueue;

/** What happens when. Events of one time happen in the order in which they were planned. */
final class Agenda {
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private double nowMs;
  private long planned;

  private record Event(double atMs, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Double.compare(atMs, other.atMs);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /** Time since the start of the simulation. */
  double nowMs() {
    return nowMs;
  }

  /**
   * Plans an event.
   *
   * @param atMs not before now
   */
  void at(double atMs, Runnable action) {
    if (!(atMs >= nowMs)) {
      throw new IllegalArgumentException(
          "an event must not be before %s ms, but is at %s ms".formatted(nowMs, atMs));
    }
    events.add(new Event(atMs, planned++, action));
  }

  /** Plans an event that much later than now. */
  void after(double delayMs, Runnable action) {
    at(nowMs + delayMs, action);
  }

  /** Lets everything happen, until nothing is planned. */
  void run() {
    for (Event next = events.poll(); next != null; next = events.poll()) {
      nowMs = next.atMs;
      next.action.run();
    }
  }
}
