package io.undertone.local.chaos;

import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.chaos.ChaosReport.Recovery;
import io.undertone.local.cluster.ClusterException;
import io.undertone.local.cluster.ProcessCluster;
import io.undertone.local.replay.CallRecording;
import io.undertone.local.replay.CallReplayer;
import io.undertone.schemas.EmotionEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Live calls while faults happen, and what became of their events. */
public final class ChaosRun {
  private static final int TASKMANAGERS = 2;
  private static final int SLOTS = 2;
  private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(5);
  private static final Duration LAST_EVENTS = Duration.ofMinutes(5);
  private static final int LONGEST_CALM_MS = 4_000;
  private static final long POLL_MS = 100;
  private static final int SENDER_BUFFER_BYTES = 256 * 1024 * 1024;

  private final ChaosSettings settings;
  private final List<CallRecording> recordings;
  private final Consumer<String> notes;
  private final List<Recovery> recoveries = new ArrayList<>();

  /**
   * @param recordings that calls are pieces of
   * @param notes receives a line for each thing that happens
   */
  public ChaosRun(ChaosSettings settings, List<CallRecording> recordings, Consumer<String> notes) {
    this.settings = settings;
    this.recordings = List.copyOf(recordings);
    this.notes = notes;
  }

  /**
   * Starts the clusters, lets faults happen, and compares the events.
   *
   * @param folder for all files of the cluster, which stay
   */
  public ChaosReport run(Path folder)
      throws ClusterException,
          TopicUnavailableException,
          InvalidOptionException,
          InterruptedException {
    notes.accept("starting the clusters; files and logs are in " + folder);
    try (UndisturbedRun undisturbed = UndisturbedRun.start(settings);
        ProcessCluster cluster = ProcessCluster.start(folder, TASKMANAGERS, SLOTS)) {
      ChaosJob job = new ChaosJob(cluster, folder, settings);
      job.start();
      notes.accept("Flink's web interface: " + cluster.client().webInterface());
      try (EventLog expected = undisturbed.events();
          EventLog found =
              EventLog.open(
                  cluster.bootstrapServers(), TopicNames.DEFAULT.events(), settings.delivery());
          CallReplayer toUndisturbed = undisturbed.replayer();
          CallReplayer toDisturbed = replayer(cluster);
          LiveCalls calls = new LiveCalls(recordings, settings, toDisturbed, toUndisturbed)) {
        calls.start();
        boolean recovered = disturb(cluster, job, found, calls);
        Set<String> played = calls.finish();
        calls.throwIfFailed();
        awaitEnds(played, expected, found);
        return report(cluster, played, expected.events(), found.events(), recovered);
      }
    }
  }

  /** Keeps the audio while the broker is away. */
  private CallReplayer replayer(ProcessCluster cluster) throws TopicUnavailableException {
    String patienceMs = String.valueOf(settings.brokerAbsence().plus(LONGEST_RECOVERY).toMillis());
    return CallReplayer.connect(
        cluster.bootstrapServers(),
        TopicNames.DEFAULT.audioChunks(),
        Map.of(
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            patienceMs,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            patienceMs,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            String.valueOf(SENDER_BUFFER_BYTES)));
  }

  /**
   * Returns whether the job came back after each fault; a fault after which it does not is the
   * last.
   */
  private boolean disturb(ProcessCluster cluster, ChaosJob job, EventLog events, LiveCalls calls)
      throws ClusterException, InterruptedException {
    FaultSchedule schedule = new FaultSchedule(settings.kinds(), settings.seed());
    Faults faults = new Faults(cluster, job, settings);
    RecoveryClock clock = new RecoveryClock(cluster, job, events, notes);
    Random random = new Random(settings.seed());
    if (!clock.awaitProgressSince(System.currentTimeMillis(), LONGEST_RECOVERY)) {
      throw new ClusterException("the job makes no progress before any fault: " + job.describe());
    }
    boolean recovered = true;
    long endNanos = System.nanoTime() + settings.duration().toNanos();
    while (recovered && (System.nanoTime() < endNanos || !schedule.hadAllKinds())) {
      Thread.sleep(random.nextInt(LONGEST_CALM_MS));
      recovered = recoversFrom(schedule.next(), faults, clock);
      calls.throwIfFailed();
      events.throwIfFailed();
    }
    if (!recovered) {
      notes.accept("the job did not come back: " + job.describe());
    }
    return recovered;
  }

  private boolean recoversFrom(FaultKind kind, Faults faults, RecoveryClock clock)
      throws InterruptedException {
    try {
      faults.happen(kind);
    } catch (ClusterException e) {
      notes.accept(kind + " failed: " + e.getMessage());
      return false;
    }
    long overMs = System.currentTimeMillis();
    boolean recovered = clock.awaitProgressSince(overMs, LONGEST_RECOVERY);
    Recovery recovery = new Recovery(kind, clock.progressMs() - overMs);
    recoveries.add(recovery);
    notes.accept("%s: %d ms".formatted(kind, recovery.durationMs()));
    return recovered;
  }

  private void awaitEnds(Set<String> calls, EventLog expected, EventLog found)
      throws InterruptedException {
    notes.accept("waiting for the last events of " + calls.size() + " calls");
    long endNanos = System.nanoTime() + LAST_EVENTS.toNanos();
    while (System.nanoTime() < endNanos
        && !(expected.endedCalls().containsAll(calls) && found.endedCalls().containsAll(calls))) {
      Thread.sleep(POLL_MS);
    }
  }

  private ChaosReport report(
      ProcessCluster cluster,
      Set<String> calls,
      List<EmotionEvent> expected,
      List<EmotionEvent> found,
      boolean recovered) {
    CheckResult check =
        new EventChecker(settings.delivery(), EventEquality.forBatchesOf(settings.batchSize()))
            .check(expected, settings.plant().in(found));
    check.messages().forEach(notes);
    long unusable =
        TopicSizes.recordsIn(
            cluster.bootstrapServers(),
            List.of(TopicNames.DEFAULT.deadLetters(), TopicNames.DEFAULT.late()));
    return new ChaosReport(recoveries, calls.size(), check, unusable, recovered);
  }
}
