package io.undertone.bench.pipeline;

import io.undertone.audio.vad.SileroVad;
import io.undertone.bench.measure.Effort;
import io.undertone.bench.measure.Quantiles;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.bench.measure.Stopwatch;
import io.undertone.bench.measure.Stopwatch.Elapsed;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.local.embedded.RunningJob;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.schemas.EventKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Number of live calls that the whole pipeline sustains. Calls with one customer utterance every 6
 * s are played in real time, first to warm the process up. Then their number increases until the
 * 95th percentile of the latency, from an utterance's end to its event, exceeds 500 ms. The latency
 * includes the pause that ends an utterance.
 */
public final class LiveCalls {
  /** The latency bound. */
  public static final double BOUND_MS = 500;

  /** From the start of an utterance to the start of the next. */
  public static final double SECONDS_PER_UTTERANCE = 6;

  private static final int FIRST_CALLS_PER_CORE = 8;

  /** A warm-up takes 12 s. */
  private static final int MOST_WARM_UPS = 8;

  private static final int TURN_MS = (int) (1_000 * SECONDS_PER_UTTERANCE);

  /**
   * The figures for one number of calls.
   *
   * @param latencyMs from the end of the utterance's audio to the broker's timestamp of the event
   * @param coresUsed by the process: broker, job and playback
   */
  public record Level(int calls, int utterances, Quantiles latencyMs, double coresUsed) {

    /** Whether the latency bound holds for this number of calls. */
    public boolean sustained() {
      return latencyMs.p95() <= BOUND_MS;
    }
  }

  /**
   * All levels, in the order of the run.
   *
   * @param cores of this machine
   */
  public record Result(int cores, List<Level> levels) {

    /** The largest sustained number of calls, 0 if none was. */
    public int calls() {
      return levels.stream().filter(Level::sustained).mapToInt(Level::calls).max().orElse(0);
    }

    /** The largest sustained number of calls over the machine's cores. */
    public double callsPerCore() {
      return (double) calls() / cores;
    }

    /**
     * The largest sustained number of calls, over the number that would keep the device's one
     * thread busy all the time.
     *
     * @param utterancesPerCoreSecond of the recognizer
     */
    public double callsOverDevice(double utterancesPerCoreSecond) {
      return calls() / (SECONDS_PER_UTTERANCE * utterancesPerCoreSecond);
    }
  }

  private LiveCalls() {}

  /** Runs the benchmark. */
  public static Result run(EmotionModelFactory models, SpeechClips speech, Effort effort)
      throws BenchFailedException, InterruptedException {
    int turns =
        switch (effort) {
          case SMOKE -> 1;
          case QUICK -> 4;
          case FULL -> 10;
        };
    int cores = Runtime.getRuntime().availableProcessors();
    List<Level> levels = new ArrayList<>();
    try (BenchCluster cluster = BenchCluster.start()) {
      RunningJob job = cluster.run(SileroVad::open, models, cluster.options());
      int warmUpCalls = effort == Effort.SMOKE ? cores : FIRST_CALLS_PER_CORE * cores;
      WarmUp.ofThisProcess()
          .run(
              effort == Effort.SMOKE ? 1 : MOST_WARM_UPS,
              () -> level(cluster, job, speech, warmUpCalls, 1));
      if (effort == Effort.SMOKE) {
        levels.add(level(cluster, job, speech, 2, turns));
      } else {
        int calls = FIRST_CALLS_PER_CORE * cores;
        int step = calls;
        while (step >= cores) {
          Level level = level(cluster, job, speech, calls, turns);
          levels.add(level);
          step = nextStep(levels, step, cores);
          calls += level.sustained() ? step : -step;
        }
      }
      job.cancel();
    } catch (TopicUnavailableException e) {
      throw new BenchFailedException(String.valueOf(e.getMessage()), e);
    }
    return new Result(cores, levels);
  }

  /**
   * Doubles the number of calls up to the first failure, then bisects. The last step is about an
   * eighth of the number of calls.
   */
  private static int nextStep(List<Level> levels, int step, int cores) {
    boolean failedBefore = levels.stream().anyMatch(level -> !level.sustained());
    int last = levels.get(levels.size() - 1).calls();
    if (!failedBefore) {
      return last;
    }
    int finest = Math.max(cores, last / 8);
    return step / 2 >= finest ? step / 2 : 0;
  }

  private static Level level(
      BenchCluster cluster, RunningJob job, SpeechClips speech, int calls, int turns)
      throws BenchFailedException, InterruptedException, TopicUnavailableException {
    Stopwatch watch = Stopwatch.start();
    List<Double> latenciesMs = new ArrayList<>();
    int ended = 0;
    try (EventTail events = new EventTail(cluster.bootstrapServers());
        LivePlayback playback =
            LivePlayback.start(cluster.bootstrapServers(), speech, calls, turns, TURN_MS)) {
      while (ended < calls) {
        for (EventTail.Arrived arrived : events.poll()) {
          if (arrived.event().getKind() == EventKind.UTTERANCE) {
            latenciesMs.add((double) (arrived.arrivalMs() - arrived.event().getEventTimeMs()));
          } else {
            ended++;
          }
        }
        playback.throwIfFailed();
        BenchCluster.throwIfFailed(job);
      }
    }
    if (latenciesMs.isEmpty()) {
      throw new BenchFailedException("no utterance was recognized");
    }
    Elapsed elapsed = watch.elapsed();
    return new Level(calls, latenciesMs.size(), Quantiles.of(latenciesMs), elapsed.coresUsed());
  }
}
