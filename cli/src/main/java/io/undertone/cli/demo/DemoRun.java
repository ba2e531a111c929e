package io.undertone.cli.demo;

import io.undertone.cli.job.SubmittedJob;
import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.StopSignal;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.replay.CallRecording;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.local.replay.ReplaySettings.Pace;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Plays calls into a running job and prints its events and alerts. */
final class DemoRun implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LAST_POLL = Duration.ofSeconds(1);
  private static final Duration UNUSED_POLL = Duration.ofSeconds(5);
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

  private final String bootstrapServers;
  private final SubmittedJob job;
  private final EventTable table;
  private final EventFile file;
  private final StopSignal stop;
  private final EventReader reader;
  private final UnusedRecords unused;
  private final Tally tally = new Tally();

  /**
   * @param notes receives everything but events
   */
  DemoRun(
      String bootstrapServers,
      SubmittedJob job,
      EventTable table,
      EventFile file,
      StopSignal stop,
      Consumer<String> notes) {
    this.bootstrapServers = bootstrapServers;
    this.job = job;
    this.table = table;
    this.file = file;
    this.stop = stop;
    this.reader = new EventReader(bootstrapServers);
    this.unused = new UnusedRecords(reader::recordsIn, notes);
  }

  /** Returns when all stages run. */
  void awaitJob() throws CommandFailedException, InterruptedException {
    while (!job.isRunning() && !stop.isRequested()) {
      job.throwIfFailed();
      Thread.sleep(POLL.toMillis());
    }
  }

  /** Plays the calls as fast as possible; returns the counts after the last event. */
  Map<String, Long> playOnce(List<CallRecording> calls)
      throws CommandFailedException, TopicUnavailableException, IOException, InterruptedException {
    try (Playback playback = play(calls, Pace.FULL_SPEED)) {
      listen(playback, () -> tally.endedCalls() == calls.size(), LONGEST_SILENCE);
    }
    printLastAlerts();
    if (stop.isRequested()) {
      throw new CommandFailedException("stopped before the last event");
    }
    return tally.counts(
        reader.recordsIn(TopicNames.DEFAULT.deadLetters()),
        reader.recordsIn(TopicNames.DEFAULT.late()));
  }

  /** Plays the calls in real time, then prints all further events until the process is stopped. */
  void serve(List<CallRecording> calls)
      throws CommandFailedException, TopicUnavailableException, IOException, InterruptedException {
    try (Playback playback = play(calls, Pace.REAL_TIME)) {
      listen(playback, () -> false, Duration.ofDays(365));
    }
  }

  /** Alerts at the end of a call have a topic of their own, and come a moment later. */
  private void printLastAlerts() {
    EventReader.Batch batch = reader.poll(LAST_POLL);
    while (!batch.isEmpty()) {
      batch.alerts().forEach(table::print);
      batch = reader.poll(LAST_POLL);
    }
  }

  @Override
  public void close() {
    reader.close();
  }

  private Playback play(List<CallRecording> calls, Pace pace) throws TopicUnavailableException {
    ReplaySettings settings = ReplaySettings.startingAt(System.currentTimeMillis()).withPace(pace);
    table.header();
    return Playback.start(bootstrapServers, calls, settings);
  }

  private void listen(Playback playback, BooleanSupplier done, Duration longestSilence)
      throws CommandFailedException, IOException, InterruptedException {
    long lastEventNanos = System.nanoTime();
    long lastUnusedNanos = lastEventNanos;
    while (!done.getAsBoolean() && !stop.isRequested()) {
      EventReader.Batch batch = reader.poll(POLL);
      for (EmotionEvent event : batch.events()) {
        table.print(event);
        file.write(event);
        tally.add(event);
        lastEventNanos = System.nanoTime();
      }
      batch.alerts().forEach(table::print);
      if (System.nanoTime() - lastUnusedNanos > UNUSED_POLL.toNanos()) {
        unused.report();
        lastUnusedNanos = System.nanoTime();
      }
      playback.throwIfFailed();
      job.throwIfFailed();
      if (System.nanoTime() - lastEventNanos > longestSilence.toNanos()) {
        throw new CommandFailedException(
            "no event came for %d minutes; %d calls have ended"
                .formatted(longestSilence.toMinutes(), tally.endedCalls()));
      }
    }
  }
}
