package io.undertone.bench.pipeline;

import io.undertone.audio.vad.SileroVad;
import io.undertone.bench.measure.Effort;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallRecording;
import io.undertone.local.replay.CallRecording.Channel;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.operators.Conversation;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The size of a checkpoint, by the number of calls in progress. */
public final class CheckpointSizes {
  private static final int SPEECH_MS = 3_000;
  private static final int TURN_MS = 6_000;

  private CheckpointSizes() {}

  /** Bytes of a checkpoint by the number of live calls. */
  public static SortedMap<Integer, Long> run(
      EmotionModelFactory models, SpeechClips speech, Effort effort)
      throws BenchFailedException, InterruptedException {
    List<Integer> counts =
        switch (effort) {
          case SMOKE -> List.of(1, 2);
          case QUICK -> List.of(8, 16, 32);
          case FULL -> List.of(16, 64, 256);
        };
    SortedMap<Integer, Long> bytes = new TreeMap<>();
    try (BenchCluster cluster = BenchCluster.start()) {
      RunningJob job =
          cluster.run(
              SileroVad::open,
              models,
              cluster.options().with(RuntimeOptions.CHECKPOINT_INTERVAL, Duration.ofDays(1)));
      int live = 0;
      for (int count : counts) {
        begin(cluster, job, speech, live, count);
        live = count;
        bytes.put(count, bytesOf(Path.of(URI.create(job.checkpoint()))));
      }
      job.cancel();
    } catch (TopicUnavailableException e) {
      throw new BenchFailedException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new BenchFailedException("cannot read a checkpoint: " + e.getMessage(), e);
    }
    return bytes;
  }

  /** Starts calls with one utterance each, and waits for all their events. */
  private static void begin(
      BenchCluster cluster, RunningJob job, SpeechClips speech, int from, int to)
      throws TopicUnavailableException, BenchFailedException, InterruptedException {
    try (EventTail events = new EventTail(cluster.bootstrapServers());
        CallReplayer replayer =
            CallReplayer.connect(
                cluster.bootstrapServers(), TopicNames.DEFAULT.audioChunks(), Map.of())) {
      ReplaySettings settings = ReplaySettings.startingAt(System.currentTimeMillis());
      for (int i = from; i < to; i++) {
        CallRecording call =
            new CallRecording(
                new Conversation("bench", "live-" + i),
                List.of(new Channel(Role.CUSTOMER, speech.side(0, 1, SPEECH_MS, TURN_MS))));
        List<AudioChunk> chunks = CallChunks.of(call, settings);
        // Without its last chunk, the call stays in progress.
        replayer.send(chunks.subList(0, chunks.size() - 1), settings);
      }
      Set<String> recognized = new HashSet<>();
      while (recognized.size() < to - from) {
        for (EventTail.Arrived arrived : events.poll()) {
          recognized.add(arrived.event().getConversationId());
        }
        BenchCluster.throwIfFailed(job);
      }
    }
  }

  private static long bytesOf(Path checkpoint) throws IOException {
    try (Stream<Path> files = Files.walk(checkpoint)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }
}
