package io.undertone.operators.order;

import io.undertone.operators.state.CallOrder;
import io.undertone.operators.state.WaitingChunk;
import io.undertone.schemas.AudioChunk;
import java.util.List;

/**
 * Whether the start offset of a chunk can be right. Offsets of a call advance as its capture times
 * do, whether the call is live, replayed or read from a backlog, and whether it pauses or not: so a
 * wrong offset disagrees with the chunk's capture time. A wrong offset that agrees with a wrong
 * capture time is too far ahead.
 */
final class OffsetRule {
  /** By how much offsets and capture times may differ, in milliseconds. */
  private static final long TOLERANCE_MS = 2_000;

  /** How long chunks before the first one that arrives are expected to be, at most. */
  private static final long CHUNK_MS = 1_000;

  /** After a longer pause of the whole call, the call has ended. */
  private final long maxStepMs;

  OffsetRule(long maxStepMs) {
    this.maxStepMs = maxStepMs;
  }

  /** Whether a channel's next chunk follows the last one that was forwarded. */
  boolean isPlausible(CallOrder call, ChannelSequence channel, AudioChunk next) {
    if (channel.lastCaptureTimeMs() >= 0) {
      return follows(channel.lastStartOffsetMs(), channel.lastCaptureTimeMs(), next);
    }
    return call.getEndTimeMs() > 0
        ? fits(call, next)
        : next.getStartOffsetMs() <= TOLERANCE_MS + next.getChunkIndex() * CHUNK_MS;
  }

  /** Whether a chunk follows a doubted one, and so confirms it. */
  boolean confirms(WaitingChunk doubted, AudioChunk next) {
    return follows(doubted.getStartOffsetMs(), doubted.getCaptureTimeMs(), next);
  }

  /** Duration of the audio in waiting chunks, in milliseconds; a wrong offset adds nothing. */
  static long spanMs(List<WaitingChunk> waiting) {
    long spanMs = 0;
    for (int i = 1; i < waiting.size(); i++) {
      spanMs += stepMs(waiting.get(i - 1), waiting.get(i));
    }
    return spanMs;
  }

  private static long stepMs(WaitingChunk from, WaitingChunk to) {
    long offsetMs = to.getStartOffsetMs() - from.getStartOffsetMs();
    long captureMs = to.getCaptureTimeMs() - from.getCaptureTimeMs();
    long stepMs = captureMs > 0 ? Math.min(offsetMs, captureMs) : offsetMs;
    return Math.max(stepMs, 0);
  }

  private boolean follows(long startOffsetMs, long captureTimeMs, AudioChunk next) {
    long stepMs = next.getStartOffsetMs() - startOffsetMs;
    return stepMs >= 0
        && (stepMs <= TOLERANCE_MS
            || stepMs <= maxStepMs && isClose(stepMs, next.getCaptureTimeMs() - captureTimeMs));
  }

  /** Whether the first chunk of a channel fits the other channels. */
  private boolean fits(CallOrder call, AudioChunk first) {
    long stepMs = first.getStartOffsetMs() - call.getEndOffsetMs();
    return stepMs <= maxStepMs && isClose(stepMs, first.getCaptureTimeMs() - call.getEndTimeMs());
  }

  private static boolean isClose(long stepMs, long captureStepMs) {
    return Math.abs(stepMs - captureStepMs) <= TOLERANCE_MS;
  }
}
