package io.undertone.local.chaos;

import io.undertone.audio.Pcm;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallRecording;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.local.replay.ReplaySettings.Pace;
import io.undertone.operators.Conversation;
import io.undertone.schemas.AudioChunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pieces of recordings as calls, one after the other in several threads: in real time into the
 * cluster that fails, and at full speed into the undisturbed one.
 */
final class LiveCalls implements AutoCloseable {
  private static final String TENANT = "chaos";

  /** Times of the audio are the same in every run. */
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(1_600_000_000_000L);

  private final List<CallRecording> recordings;
  private final ChaosSettings settings;
  private final CallReplayer disturbed;
  private final CallReplayer undisturbed;
  private final List<Thread> threads = new ArrayList<>();
  private final Set<String> played = new ConcurrentSkipListSet<>();
  private final AtomicInteger next = new AtomicInteger();
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private volatile boolean stopping;

  LiveCalls(
      List<CallRecording> recordings,
      ChaosSettings settings,
      CallReplayer disturbed,
      CallReplayer undisturbed) {
    this.recordings = recordings;
    this.settings = settings;
    this.disturbed = disturbed;
    this.undisturbed = undisturbed;
  }

  /** Starts as many calls as shall be live at once; each is followed by another. */
  void start() {
    for (int i = 0; i < settings.callsAtOnce(); i++) {
      Thread thread = new Thread(this::play, "undertone-calls-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  /** Lets the calls in progress end; returns the ids of all calls. */
  Set<String> finish() throws InterruptedException {
    stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
    return played;
  }

  /** Fails if a broker accepts no more chunks. */
  void throwIfFailed() {
    if (failure.isCompletedExceptionally()) {
      failure.join();
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }

  private void play() {
    try {
      while (!stopping) {
        CallRecording call = call(next.getAndIncrement());
        List<AudioChunk> chunks = CallChunks.of(call, SETTINGS);
        undisturbed.send(chunks, SETTINGS);
        played.add(call.conversation().conversationId());
        disturbed.send(chunks, SETTINGS.withPace(Pace.REAL_TIME));
      }
    } catch (TopicUnavailableException | RuntimeException e) {
      failure.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CallRecording call(int number) {
    Random random = new Random(settings.seed() * 1_000_003 + number);
    CallRecording recording = recordings.get(random.nextInt(recordings.size()));
    int longest = settings.longestCallMs();
    int durationMs = longest / 2 + random.nextInt(longest / 2 + 1);
    long spareMs = recording.channels().get(0).pcm().durationMs() - durationMs;
    long beginMs = spareMs > 0 ? (long) (random.nextDouble() * spareMs) : 0;
    return new CallRecording(
        new Conversation(TENANT, "call-%04d".formatted(number)),
        recording.channels().stream()
            .map(
                side ->
                    new CallRecording.Channel(side.role(), piece(side.pcm(), beginMs, durationMs)))
            .toList());
  }

  private static Pcm piece(Pcm pcm, long beginMs, int durationMs) {
    int length = pcm.samples().length;
    int begin = (int) Math.min(length, beginMs * pcm.sampleRateHz() / 1000);
    int end = (int) Math.min(length, (beginMs + durationMs) * pcm.sampleRateHz() / 1000);
    return new Pcm(Arrays.copyOfRange(pcm.samples(), begin, end), pcm.sampleRateHz());
  }
}
