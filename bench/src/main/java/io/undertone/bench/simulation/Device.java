package io.undertone.bench.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * A machine's device, which computes one batch at a time, as {@link
 * io.undertone.model.recognizer.Recognizer} does. While it is busy, utterances queue; they are
 * served in the order in which they came.
 */
final class Device {

  /** How long it computes a batch, in milliseconds. */
  @FunctionalInterface
  interface BatchTimes {
    double ms(List<SimulatedUtterance> batch);
  }

  private final Agenda agenda;
  private final BatchRule rule;
  private final BatchTimes times;
  private final Consumer<SimulatedUtterance> done;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private List<SimulatedUtterance> batch = List.of();
  private boolean busy;
  private boolean stopped;
  private double owedMs;
  private double busyMs;

  private record Waiting(SimulatedUtterance utterance, double sinceMs) {}

  Device(Agenda agenda, BatchRule rule, BatchTimes times, Consumer<SimulatedUtterance> done) {
    this.agenda = agenda;
    this.rule = rule;
    this.times = times;
    this.done = done;
  }

  void add(SimulatedUtterance utterance) {
    queue.add(new Waiting(utterance, agenda.nowMs()));
    startIfDue();
  }

  /** Does other work for so long, before the next batch: it saves memories at a checkpoint. */
  void pause(double ms) {
    owedMs += ms;
    startIfDue();
  }

  /** Stops for good, and returns all utterances that are not done, in the order they came in. */
  List<SimulatedUtterance> stop() {
    stopped = true;
    List<SimulatedUtterance> open = new ArrayList<>(batch);
    queue.forEach(waiting -> open.add(waiting.utterance()));
    return open;
  }

  /** Time spent on batches and pauses that have ended since the last call of this method. */
  double takeBusyMs() {
    double taken = busyMs;
    busyMs = 0;
    return taken;
  }

  private void startIfDue() {
    Waiting first = queue.peek();
    if (busy || stopped) {
      return;
    }
    if (owedMs > 0) {
      double ms = owedMs;
      owedMs = 0;
      compute(List.of(), ms);
    } else if (first != null) {
      double dueMs = first.sinceMs() + rule.waitMs();
      if (queue.size() >= rule.utterances() || agenda.nowMs() >= dueMs) {
        List<SimulatedUtterance> next = nextBatch();
        compute(next, times.ms(next));
      } else {
        agenda.at(dueMs, this::startIfDue);
      }
    }
  }

  private List<SimulatedUtterance> nextBatch() {
    List<SimulatedUtterance> next = new ArrayList<>();
    while (next.size() < rule.utterances() && !queue.isEmpty()) {
      next.add(queue.remove().utterance());
    }
    return next;
  }

  private void compute(List<SimulatedUtterance> next, double ms) {
    busy = true;
    batch = next;
    agenda.after(ms, () -> end(ms));
  }

  private void end(double ms) {
    if (stopped) {
      return;
    }
    busyMs += ms;
    List<SimulatedUtterance> finished = batch;
    batch = List.of();
    finished.forEach(done);
    busy = false;
    startIfDue();
  }
}
