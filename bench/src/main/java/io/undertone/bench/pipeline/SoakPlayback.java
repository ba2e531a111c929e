package io.undertone.bench.pipeline;

import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.local.replay.ReplaySettings.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Telephone lines with consecutive calls in real time. The starts of the lines are spread evenly
 * over a turn, so that neither chunks nor turns coincide. Lengths of calls are random with a fixed
 * seed.
 */
final class SoakPlayback implements AutoCloseable {
  private final String run = UUID.randomUUID().toString();
  private final SoakPlan plan;
  private final SoakCall call;
  private final CallReplayer replayer;
  private final ExecutorService threads;
  private final List<Future<?>> lines = new ArrayList<>();
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong utterances = new AtomicLong();

  private SoakPlayback(SoakPlan plan, SoakCall call, CallReplayer replayer) {
    this.plan = plan;
    this.call = call;
    this.replayer = replayer;
    this.threads = Executors.newFixedThreadPool(plan.calls());
  }

  /** Starts playing. */
  static SoakPlayback start(String bootstrapServers, SoakPlan plan, SoakCall call)
      throws TopicUnavailableException {
    SoakPlayback playback =
        new SoakPlayback(
            plan,
            call,
            CallReplayer.connect(bootstrapServers, TopicNames.DEFAULT.audioChunks(), Map.of()));
    for (int i = 0; i < plan.calls(); i++) {
      int line = i;
      playback.lines.add(
          playback.threads.submit(
              () -> {
                playback.play(line);
                return null;
              }));
    }
    return playback;
  }

  /** Number of calls that have started. */
  long callsBegun() {
    return begun.get();
  }

  /** Number of utterances of the calls that have started. */
  long utterancesInCallsBegun() {
    return utterances.get();
  }

  /** Whether all calls have been played to the end. */
  boolean ended() {
    return lines.stream().allMatch(Future::isDone);
  }

  /** Fails if a call could not be played. */
  void throwIfFailed() throws BenchFailedException, InterruptedException {
    PlayedCalls.throwIfFailed(lines);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    replayer.close();
  }

  private void play(int line) throws TopicUnavailableException, InterruptedException {
    SplittableRandom lengths = new SplittableRandom(line);
    Thread.sleep((long) SoakPlan.TURN_MS * line / plan.calls());
    int left = plan.turns();
    while (left > 0) {
      int turns = Math.min(left, lengths.nextInt(plan.leastTurns(), plan.mostTurns() + 1));
      left -= turns;
      begun.incrementAndGet();
      utterances.addAndGet(call.utterances(turns));
      long nowMs = System.currentTimeMillis();
      replayer.send(
          call.chunks(run + "-" + line + "-" + left, turns, nowMs),
          ReplaySettings.startingAt(nowMs).withPace(Pace.REAL_TIME));
    }
  }
}
