package io.undertone.bench.pipeline;

import io.undertone.bench.measure.SpeechClips;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallRecording;
import io.undertone.local.replay.CallRecording.Channel;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplayReport;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.local.replay.ReplaySettings.Pace;
import io.undertone.operators.Conversation;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Plays many calls in real time. Their starts are spread evenly over a turn, so that neither chunks
 * nor turns coincide.
 */
final class LivePlayback implements AutoCloseable {
  private static final int SPEECH_MS = 3_000;
  private static final int CHUNK_MS = 100;

  /**
   * All calls are prepared before the first one starts. Otherwise the preparation of hundreds would
   * spread them over more than a turn, and the last ones would speak with the first ones.
   */
  private static final int PREPARATION_MS = 5_000;

  private final CallReplayer replayer;
  private final ExecutorService threads;
  private final long startMs;
  private final List<Future<ReplayReport>> calls = new ArrayList<>();

  private LivePlayback(CallReplayer replayer, ExecutorService threads, long startMs) {
    this.replayer = replayer;
    this.threads = threads;
    this.startMs = startMs;
  }

  /** Starts playing. */
  static LivePlayback start(
      String bootstrapServers, SpeechClips speech, int calls, int turns, int turnMs)
      throws TopicUnavailableException, BenchFailedException {
    long startMs = System.currentTimeMillis() + PREPARATION_MS;
    LivePlayback playback =
        new LivePlayback(
            CallReplayer.connect(bootstrapServers, TopicNames.DEFAULT.audioChunks(), Map.of()),
            Executors.newFixedThreadPool(calls),
            startMs);
    String run = UUID.randomUUID().toString();
    for (int i = 0; i < calls; i++) {
      int delayMs = delayMs(i, calls, turnMs);
      int withinChunkMs = delayMs % CHUNK_MS;
      CallRecording call =
          new CallRecording(
              new Conversation("bench", run + "-" + i),
              List.of(
                  new Channel(
                      Role.CUSTOMER,
                      speech.side(delayMs - withinChunkMs, turns, SPEECH_MS, turnMs))));
      ReplaySettings settings =
          ReplaySettings.startingAt(startMs + withinChunkMs).withPace(Pace.REAL_TIME);
      List<AudioChunk> chunks = CallChunks.of(call, settings);
      playback.calls.add(
          playback.threads.submit(
              () -> {
                sleepUntil(settings.captureTimeMs());
                return playback.replayer.send(chunks, settings);
              }));
    }
    if (System.currentTimeMillis() > startMs) {
      playback.close();
      throw new BenchFailedException(
          "%d calls were not prepared within %d ms".formatted(calls, PREPARATION_MS));
    }
    return playback;
  }

  /** From the start of all calls to that of a call's speech. */
  private static int delayMs(int call, int calls, int turnMs) {
    return (int) ((long) turnMs * call / calls);
  }

  /** When the first call starts, by the wall clock; all have spoken a turn later. */
  long startMs() {
    return startMs;
  }

  private static void sleepUntil(long timeMs) throws InterruptedException {
    Thread.sleep(Math.max(0, timeMs - System.currentTimeMillis()));
  }

  /** Fails if a call could not be played. */
  void throwIfFailed() throws BenchFailedException, InterruptedException {
    PlayedCalls.throwIfFailed(calls);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    replayer.close();
  }
}
