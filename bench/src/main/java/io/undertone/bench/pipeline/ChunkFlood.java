package io.undertone.bench.pipeline;

import io.undertone.bench.measure.Effort;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.bench.measure.Stopwatch;
import io.undertone.bench.measure.Stopwatch.Elapsed;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.AnalysisOptions;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallRecording;
import io.undertone.local.replay.CallRecording.Channel;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.operators.Conversation;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Throughput of the pipeline in chunks of 100 ms, read from a topic that was filled before.
 * Utterances end at the maximum length, and no model runs.
 */
public final class ChunkFlood {
  private static final int CHUNKS_PER_SECOND_OF_CALL = 10;
  private static final int WARM_UP_JOBS = 2;

  private ChunkFlood() {}

  /**
   * The figures of a run.
   *
   * @param chunks number of chunks in the topic
   * @param chunksPerSecond of wall-clock time, from the job's submission to the last event
   * @param coreMicrosPerChunk of the whole process: broker, source, stages and sink
   */
  public record Result(long chunks, double chunksPerSecond, double coreMicrosPerChunk) {}

  /**
   * Fills the topic, and reads it to its end with several jobs in turn. All but the last are
   * warm-up: unlike a job that runs for days, they spend much of their time in Java's compilers.
   */
  public static Result run(SpeechClips speech, Effort effort)
      throws BenchFailedException, InterruptedException {
    int waves =
        switch (effort) {
          case SMOKE -> 1;
          case QUICK -> 2;
          case FULL -> 8;
        };
    int calls = effort == Effort.SMOKE ? 4 : 40;
    int seconds = effort == Effort.SMOKE ? 20 : 300;
    long chunks = (long) waves * calls * seconds * CHUNKS_PER_SECOND_OF_CALL;
    try (BenchCluster cluster = BenchCluster.start()) {
      for (int wave = 0; wave < waves; wave++) {
        fill(cluster, speech, wave, calls, seconds);
      }
      for (int i = 0; i < WARM_UP_JOBS; i++) {
        drain(cluster, waves * calls);
      }
      Elapsed elapsed = drain(cluster, waves * calls);
      return new Result(chunks, chunks / elapsed.seconds(), 1e6 * elapsed.coreSeconds() / chunks);
    } catch (TopicUnavailableException e) {
      throw new BenchFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Sends the chunks of the calls interleaved by time, as live calls do. */
  private static void fill(
      BenchCluster cluster, SpeechClips speech, int wave, int calls, int seconds)
      throws TopicUnavailableException, InterruptedException {
    ReplaySettings settings = ReplaySettings.startingAt(0);
    List<AudioChunk> chunks = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      CallRecording call =
          new CallRecording(
              new Conversation("bench", "flood-" + wave + "-" + i),
              List.of(new Channel(Role.CUSTOMER, speech.clip(1_000L * i, 1_000 * seconds))));
      chunks.addAll(CallChunks.of(call, settings));
    }
    chunks.sort(Comparator.comparingLong(AudioChunk::getStartOffsetMs));
    try (CallReplayer replayer =
        CallReplayer.connect(
            cluster.bootstrapServers(), TopicNames.DEFAULT.audioChunks(), Map.of())) {
      replayer.send(chunks, settings);
    }
  }

  private static Elapsed drain(BenchCluster cluster, int calls)
      throws BenchFailedException, InterruptedException {
    try (EventTail events = new EventTail(cluster.bootstrapServers())) {
      Stopwatch watch = Stopwatch.start();
      RunningJob job =
          cluster.run(
              ClockDetector::new,
              () -> ModelHandle.of(new NoModel()),
              cluster.options().with(AnalysisOptions.MAX_UTTERANCE, Duration.ofSeconds(6)));
      int ended = 0;
      while (ended < calls) {
        for (EventTail.Arrived arrived : events.poll()) {
          ended += arrived.event().getKind() == EventKind.CONVERSATION ? 1 : 0;
        }
        BenchCluster.throwIfFailed(job);
      }
      Elapsed elapsed = watch.elapsed();
      job.cancel();
      return elapsed;
    }
  }
}
