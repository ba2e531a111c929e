package io.undertone.bench.pipeline;

import io.undertone.bench.measure.SpeechClips;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.replay.CallRecording;
import io.undertone.local.replay.CallRecording.Channel;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplayReport;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.local.replay.ReplaySettings.Pace;
import io.undertone.operators.Conversation;
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

  private final CallReplayer replayer;
  private final ExecutorService threads;
  private final List<Future<ReplayReport>> calls = new ArrayList<>();

  private LivePlayback(CallReplayer replayer, ExecutorService threads) {
    this.replayer = replayer;
    this.threads = threads;
  }

  /** Starts playing. */
  static LivePlayback start(
      String bootstrapServers, SpeechClips speech, int calls, int turns, int turnMs)
      throws TopicUnavailableException {
    LivePlayback playback =
        new LivePlayback(
            CallReplayer.connect(bootstrapServers, TopicNames.DEFAULT.audioChunks(), Map.of()),
            Executors.newFixedThreadPool(calls));
    String run = UUID.randomUUID().toString();
    for (int i = 0; i < calls; i++) {
      int delayMs = (int) ((long) turnMs * i / calls);
      int withinChunkMs = delayMs % CHUNK_MS;
      CallRecording call =
          new CallRecording(
              new Conversation("bench", run + "-" + i),
              List.of(
                  new Channel(
                      Role.CUSTOMER,
                      speech.side(delayMs - withinChunkMs, turns, SPEECH_MS, turnMs))));
      playback.calls.add(
          playback.threads.submit(
              () -> {
                Thread.sleep(withinChunkMs);
                ReplaySettings settings =
                    ReplaySettings.startingAt(System.currentTimeMillis()).withPace(Pace.REAL_TIME);
                return playback.replayer.replay(call, settings);
              }));
    }
    return playback;
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
