package io.undertone.bench.pipeline;

import io.undertone.audio.vad.SileroVad;
import io.undertone.bench.measure.Effort;
import io.undertone.bench.measure.Quantiles;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.local.embedded.RunningJob;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.schemas.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

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

  /** Shares of fewer calls would be of no or the same number. */
  private static final int LEAST_TO_SHARE = 8;

  /** A warm-up takes 12 s. */
  private static final int MOST_WARM_UPS = 8;

  /** Shares of the sustained number of calls from which a machine's figures are fitted. */
  private static final List<Double> LOW_SHARES = List.of(0.15, 0.3);

  /** Those at which what the fit foretells is compared with what happens. */
  private static final List<Double> HIGH_SHARES = List.of(0.5, 0.8, 0.95);

  private static final int TURN_MS = (int) (1_000 * SECONDS_PER_UTTERANCE);

  /**
   * The figures for one number of calls.
   *
   * @param latencyMs from the end of the utterance's audio to the broker's timestamp of the event
   * @param coresUsed by the process, that is broker, job and playback, while all calls speak
   * @param device what the device did meanwhile
   * @param deviceSeconds of that time
   */
  public record Level(
      int calls,
      int utterances,
      Quantiles latencyMs,
      double coresUsed,
      DeviceUse device,
      double deviceSeconds) {

    /** Whether the latency bound holds for this number of calls. */
    public boolean sustained() {
      return latencyMs.p95() <= BOUND_MS;
    }

    /** The share of the time that the device was busy. */
    public double deviceUse() {
      return device.busyMs() / 1e3 / deviceSeconds;
    }
  }

  /**
   * All levels, in the order of the run.
   *
   * @param cores of this machine
   * @param levels of the search for the largest sustained number
   * @param low few calls, from which figures of the machine can be fitted; empty if no number was
   *     sustained
   * @param high more calls, to compare with what the figures foretell
   */
  public record Result(int cores, List<Level> levels, List<Level> low, List<Level> high) {

    /** The largest sustained number of calls, 0 if none was. */
    public int calls() {
      return sustained(levels);
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
    List<Level> low = new ArrayList<>();
    List<Level> high = new ArrayList<>();
    try (BenchCluster cluster = BenchCluster.start();
        ModelHandle model = models.open()) {
      RunningJob job = cluster.run(SileroVad::open, models, cluster.options());
      Supplier<DeviceUse> device = () -> DeviceUse.of(model);
      LevelRun run =
          (calls, turnsOfCall) -> level(cluster, job, speech, calls, turnsOfCall, device);
      int warmUpCalls = effort == Effort.SMOKE ? cores : FIRST_CALLS_PER_CORE * cores;
      WarmUp.ofThisProcess()
          .run(effort == Effort.SMOKE ? 1 : MOST_WARM_UPS, () -> run.level(warmUpCalls, 1));
      if (effort == Effort.SMOKE) {
        levels.add(run.level(2, turns));
        low.add(run.level(1, turns));
        low.addAll(levels);
        high.addAll(levels);
      } else {
        search(levels, run, cores, turns);
        int sustained = sustained(levels);
        if (sustained >= LEAST_TO_SHARE) {
          shares(LOW_SHARES, sustained, low, run, turns);
          shares(HIGH_SHARES, sustained, high, run, turns);
        }
      }
      job.cancel();
    } catch (TopicUnavailableException e) {
      throw new BenchFailedException(String.valueOf(e.getMessage()), e);
    }
    return new Result(cores, levels, low, high);
  }

  @FunctionalInterface
  private interface LevelRun {
    Level level(int calls, int turns)
        throws BenchFailedException, InterruptedException, TopicUnavailableException;
  }

  private static void search(List<Level> levels, LevelRun run, int cores, int turns)
      throws BenchFailedException, InterruptedException, TopicUnavailableException {
    int calls = FIRST_CALLS_PER_CORE * cores;
    int step = calls;
    while (step >= cores) {
      Level level = run.level(calls, turns);
      levels.add(level);
      step = nextStep(levels, step, cores);
      calls += level.sustained() ? step : -step;
    }
  }

  private static void shares(
      List<Double> shares, int sustained, List<Level> levels, LevelRun run, int turns)
      throws BenchFailedException, InterruptedException, TopicUnavailableException {
    for (double share : shares) {
      levels.add(run.level((int) Math.round(share * sustained), turns));
    }
  }

  private static int sustained(List<Level> levels) {
    return levels.stream().filter(Level::sustained).mapToInt(Level::calls).max().orElse(0);
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
      BenchCluster cluster,
      RunningJob job,
      SpeechClips speech,
      int calls,
      int turns,
      Supplier<DeviceUse> device)
      throws BenchFailedException, InterruptedException, TopicUnavailableException {
    List<Double> latenciesMs = new ArrayList<>();
    SteadyWindow window;
    int ended = 0;
    try (EventTail events = new EventTail(cluster.bootstrapServers());
        LivePlayback playback =
            LivePlayback.start(cluster.bootstrapServers(), speech, calls, turns, TURN_MS)) {
      long allSpeakMs = playback.startMs() + (turns > 1 ? TURN_MS : 0);
      window = new SteadyWindow(allSpeakMs, playback.startMs() + (long) turns * TURN_MS, device);
      while (ended < calls) {
        window.look(System.currentTimeMillis());
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
    window.look(System.currentTimeMillis());
    SteadyWindow.Reading steady = window.result();
    return new Level(
        calls,
        latenciesMs.size(),
        Quantiles.of(latenciesMs),
        steady.elapsed().coresUsed(),
        steady.device(),
        steady.elapsed().seconds());
  }
}
