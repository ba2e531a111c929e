package io.undertone.bench.pipeline;

import io.undertone.audio.vad.SileroVad;
import io.undertone.bench.measure.LatencyHistogram;
import io.undertone.bench.measure.Quantiles;
import io.undertone.bench.measure.ResidentMemory;
import io.undertone.bench.measure.ResidentSeries;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.bench.measure.Stopwatch;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.local.embedded.RunningJob;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.schemas.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Soak test for memory leaks: live calls start and end in the whole pipeline in this process for a
 * long time, while the process's resident memory is sampled.
 */
public final class Soak {
  private static final long LAST_EVENTS_MS = 60_000;

  private final SoakPlan plan;
  private final Consumer<Sample> watcher;
  private final LatencyHistogram latenciesMs = new LatencyHistogram();
  private final List<Long> residentBytes = new ArrayList<>();
  private long recognized;
  private long ended;

  /**
   * Resident memory at one time, and the numbers of events until then.
   *
   * @param index from 1
   */
  public record Sample(int index, long residentBytes, long utterancesRecognized, long callsEnded) {}

  /**
   * The figures of a run.
   *
   * @param utterancesExpected number that voice activity detection finds in the calls' audio
   * @param latencyMs from the end of the utterance's audio to the broker's timestamp of the event;
   *     without the first sixth of the test
   * @param heapTouchedBytes as {@link ResidentMemory#heapTouchedBytes}
   */
  public record Result(
      SoakPlan plan,
      ResidentSeries resident,
      long heapTouchedBytes,
      long callsBegun,
      long callsEnded,
      long utterancesExpected,
      long utterancesRecognized,
      Quantiles latencyMs,
      double coresUsed) {}

  private Soak(SoakPlan plan, Consumer<Sample> watcher) {
    this.plan = plan;
    this.watcher = watcher;
  }

  /**
   * Runs the test.
   *
   * @param watcher receives each sample when it is taken
   */
  public static Result run(
      EmotionModelFactory models, SpeechClips speech, SoakPlan plan, Consumer<Sample> watcher)
      throws BenchFailedException, InterruptedException {
    try (BenchCluster cluster = BenchCluster.start()) {
      RunningJob job = cluster.run(SileroVad::open, models, cluster.options());
      SoakCall call = new SoakCall(speech, plan.mostTurns());
      Result result = new Soak(plan, watcher).play(cluster, job, call);
      job.cancel();
      return result;
    } catch (TopicUnavailableException e) {
      throw new BenchFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private Result play(BenchCluster cluster, RunningJob job, SoakCall call)
      throws BenchFailedException, InterruptedException, TopicUnavailableException {
    Stopwatch watch = Stopwatch.start();
    long startNanos = System.nanoTime();
    try (EventTail events = new EventTail(cluster.bootstrapServers());
        SoakPlayback playback = SoakPlayback.start(cluster.bootstrapServers(), plan, call)) {
      long deadlineMs = plan.sampleAtMs(plan.samples()) + SoakPlan.TURN_MS + LAST_EVENTS_MS;
      long elapsedMs = 0;
      while (elapsedMs < deadlineMs && !complete(playback)) {
        events.poll().forEach(this::take);
        elapsedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
        sampleAt(elapsedMs);
        playback.throwIfFailed();
        BenchCluster.throwIfFailed(job);
      }
      if (recognized == 0) {
        throw new BenchFailedException("no utterance was recognized");
      }
      return new Result(
          plan,
          new ResidentSeries(residentBytes),
          ResidentMemory.heapTouchedBytes(),
          playback.callsBegun(),
          ended,
          playback.utterancesInCallsBegun(),
          recognized,
          latenciesMs.quantiles(),
          watch.elapsed().coresUsed());
    }
  }

  private boolean complete(SoakPlayback playback) {
    return residentBytes.size() == plan.samples()
        && playback.ended()
        && ended == playback.callsBegun();
  }

  private void take(EventTail.Arrived arrived) {
    if (arrived.event().getKind() == EventKind.UTTERANCE) {
      recognized++;
      if (residentBytes.size() >= plan.samples() / ResidentSeries.SIXTHS) {
        latenciesMs.add(arrived.arrivalMs() - arrived.event().getEventTimeMs());
      }
    } else {
      ended++;
    }
  }

  private void sampleAt(long elapsedMs) {
    int next = residentBytes.size() + 1;
    if (next <= plan.samples() && elapsedMs >= plan.sampleAtMs(next)) {
      long bytes = ResidentMemory.bytes();
      residentBytes.add(bytes);
      watcher.accept(new Sample(next, bytes, recognized, ended));
    }
  }
}
