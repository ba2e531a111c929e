package io.undertone.cli.demo;

import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.replay.CallRecording;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplayReport;
import io.undertone.local.replay.ReplaySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Plays several calls at the same time. */
final class Playback implements AutoCloseable {
  private final CallReplayer replayer;
  private final ExecutorService threads;
  private final List<Future<ReplayReport>> calls = new ArrayList<>();

  private Playback(CallReplayer replayer, ExecutorService threads) {
    this.replayer = replayer;
    this.threads = threads;
  }

  /** Starts playing all calls. */
  static Playback start(
      String bootstrapServers, List<CallRecording> recordings, ReplaySettings settings)
      throws TopicUnavailableException {
    Playback playback =
        new Playback(
            CallReplayer.connect(bootstrapServers, TopicNames.DEFAULT.audioChunks(), Map.of()),
            Executors.newFixedThreadPool(recordings.size()));
    for (CallRecording recording : recordings) {
      playback.calls.add(
          playback.threads.submit(() -> playback.replayer.replay(recording, settings)));
    }
    return playback;
  }

  /** Throws if a call could not be played. */
  void throwIfFailed() throws CommandFailedException, InterruptedException {
    for (Future<ReplayReport> call : calls) {
      if (call.isDone()) {
        try {
          call.get();
        } catch (ExecutionException e) {
          throw new CommandFailedException("a call cannot be played: " + e.getCause(), e);
        }
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    replayer.close();
  }
}
