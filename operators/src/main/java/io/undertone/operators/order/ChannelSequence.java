package io.undertone.operators.order;

import io.undertone.operators.state.ChannelOrder;
import io.undertone.operators.state.IndexRange;
import io.undertone.operators.state.WaitingChunk;
import io.undertone.schemas.AudioChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The order of one channel's chunks: which is due, which wait, and which are given up. A view of
 * keyed state that handles indexes and offsets, no audio.
 *
 * <p>A gap is given up once the waiting audio after it spans the reorder bound. The span starts
 * with the first chunk after the gap, since the start of a missing chunk is unknown: a channel may
 * pause between chunks.
 */
final class ChannelSequence {
  /** Older ranges are forgotten; chunks of them count as duplicates. */
  private static final int MAX_GIVEN_UP_RANGES = 64;

  private final ChannelOrder state;
  private final OrderOptions options;

  ChannelSequence(ChannelOrder state, OrderOptions options) {
    this.state = state;
    this.options = options;
  }

  /** The state of a new channel. */
  static ChannelOrder newState(int channel) {
    return ChannelOrder.newBuilder()
        .setChannel(channel)
        .setWaiting(new ArrayList<>())
        .setGivenUp(new ArrayList<>())
        .setDoubted(new ArrayList<>())
        .build();
  }

  int channel() {
    return state.getChannel();
  }

  long nextIndex() {
    return state.getNextIndex();
  }

  Arrival arrival(long chunkIndex) {
    if (chunkIndex < state.getNextIndex()) {
      return wasGivenUp(chunkIndex) ? Arrival.LATE : Arrival.DUPLICATE;
    }
    if (state.getEnded()) {
      return Arrival.BEYOND_LAST;
    }
    if (chunkIndex == state.getNextIndex()) {
      return Arrival.DUE;
    }
    if (position(chunkIndex) >= 0) {
      return Arrival.DUPLICATE;
    }
    return isTooFar(chunkIndex) ? Arrival.TOO_FAR : Arrival.EARLY;
  }

  /** Adds an early chunk to the waiting ones. */
  void await(WaitingChunk chunk) {
    state.getWaiting().add(-position(chunk.getChunkIndex()) - 1, chunk);
  }

  boolean hasWaiting() {
    return !state.getWaiting().isEmpty();
  }

  /** Removes the waiting chunk that is due, or whose gap before it is to be given up. */
  OptionalLong pollDue() {
    List<WaitingChunk> waiting = state.getWaiting();
    boolean due =
        !waiting.isEmpty()
            && (waiting.get(0).getChunkIndex() == state.getNextIndex() || isGapGivenUp());
    return due ? pollFirst() : OptionalLong.empty();
  }

  /** Removes the first waiting chunk and gives up the gap before it. */
  OptionalLong pollFirst() {
    if (state.getWaiting().isEmpty()) {
      return OptionalLong.empty();
    }
    long chunkIndex = state.getWaiting().remove(0).getChunkIndex();
    giveUp(state.getNextIndex(), chunkIndex);
    return OptionalLong.of(chunkIndex);
  }

  /** Whether a chunk starts before the last forwarded one. */
  boolean isBackwards(long startOffsetMs) {
    return startOffsetMs < state.getLastStartOffsetMs();
  }

  long lastStartOffsetMs() {
    return state.getLastStartOffsetMs();
  }

  /** Capture time of the last forwarded chunk, or -1 if it is not known. */
  long lastCaptureTimeMs() {
    return state.getLastCaptureTimeMs();
  }

  /** Marks the due chunk as forwarded; returns the number of missing chunks before it. */
  long forward(AudioChunk chunk) {
    final long missing = state.getMissingRun();
    state.setMissingRun(0);
    state.setNextIndex(chunk.getChunkIndex() + 1);
    passed(chunk.getStartOffsetMs(), chunk.getCaptureTimeMs());
    return missing;
  }

  /** The chunk before the due one, if the next chunk must confirm its offset. */
  Optional<WaitingChunk> doubted() {
    List<WaitingChunk> doubted = state.getDoubted();
    return doubted.isEmpty() ? Optional.empty() : Optional.of(doubted.get(0));
  }

  /** Marks the due chunk as doubted. */
  void doubt(WaitingChunk chunk) {
    state.getDoubted().add(chunk);
    state.setMissingBeforeDoubted(state.getMissingRun());
    state.setMissingRun(0);
    state.setNextIndex(chunk.getChunkIndex() + 1);
  }

  /** Marks the doubted chunk as forwarded; returns the number of missing chunks before it. */
  long confirm(WaitingChunk doubted) {
    state.getDoubted().clear();
    passed(doubted.getStartOffsetMs(), doubted.getCaptureTimeMs());
    return state.getMissingBeforeDoubted();
  }

  /** Marks the doubted chunk as unusable. */
  void refute() {
    state.getDoubted().clear();
    state.setMissingRun(state.getMissingBeforeDoubted() + 1 + state.getMissingRun());
  }

  private void passed(long startOffsetMs, long captureTimeMs) {
    state.setLastStartOffsetMs(Math.max(startOffsetMs, state.getLastStartOffsetMs()));
    state.setLastCaptureTimeMs(captureTimeMs);
  }

  /** Marks the due chunk as unusable. */
  void skip(long chunkIndex) {
    state.setNextIndex(chunkIndex + 1);
    state.setMissingRun(state.getMissingRun() + 1);
  }

  /** Removes all waiting chunks. */
  List<Long> removeWaiting() {
    List<Long> indexes = state.getWaiting().stream().map(WaitingChunk::getChunkIndex).toList();
    state.getWaiting().clear();
    return indexes;
  }

  /** Marks the channel as ended. */
  void end() {
    state.setEnded(true);
  }

  private void giveUp(long fromIndex, long toIndex) {
    if (fromIndex == toIndex) {
      return;
    }
    state.setMissingRun(state.getMissingRun() + toIndex - fromIndex);
    state.setNextIndex(toIndex);
    List<IndexRange> givenUp = state.getGivenUp();
    givenUp.add(new IndexRange(fromIndex, toIndex));
    if (givenUp.size() > MAX_GIVEN_UP_RANGES) {
      givenUp.remove(0);
    }
  }

  private boolean wasGivenUp(long chunkIndex) {
    return state.getGivenUp().stream()
        .anyMatch(range -> range.getFromIndex() <= chunkIndex && chunkIndex < range.getToIndex());
  }

  private boolean isGapGivenUp() {
    List<WaitingChunk> waiting = state.getWaiting();
    return OffsetRule.spanMs(waiting) >= options.reorderBoundMs()
        || waiting.size() > options.maxBufferedChunks();
  }

  /** The first chunk of a channel may have any index, since a job may start during a call. */
  private boolean isTooFar(long chunkIndex) {
    List<WaitingChunk> waiting = state.getWaiting();
    boolean first = state.getNextIndex() == 0 && waiting.isEmpty();
    long highest =
        waiting.isEmpty()
            ? state.getNextIndex() - 1
            : waiting.get(waiting.size() - 1).getChunkIndex();
    return !first && chunkIndex - highest > options.maxIndexJump();
  }

  /** Index of a waiting chunk in the list, or {@code -(insertion point) - 1}. */
  private int position(long chunkIndex) {
    List<WaitingChunk> waiting = state.getWaiting();
    int low = 0;
    int high = waiting.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long index = waiting.get(middle).getChunkIndex();
      if (index == chunkIndex) {
        return middle;
      }
      if (index < chunkIndex) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }
}
