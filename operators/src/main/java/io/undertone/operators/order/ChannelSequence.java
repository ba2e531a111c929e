package io.undertone.operators.order;

import io.undertone.operators.state.ChannelOrder;
import io.undertone.operators.state.IndexRange;
import io.undertone.operators.state.WaitingChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The order of one channel's chunks: which is due, which wait, which are given up. Works on state
 * that outlives it; knows indexes and offsets, no audio.
 *
 * <p>A hole is given up once the audio that waits behind it spans the reorder bound. It is measured
 * from the first chunk behind the hole, since where a missing chunk begins cannot be known: a
 * channel may pause between chunks.
 */
final class ChannelSequence {
  /** Older ranges are forgotten: what still comes of them counts as a duplicate. */
  private static final int MAX_GIVEN_UP_RANGES = 64;

  private final ChannelOrder state;
  private final OrderOptions options;

  ChannelSequence(ChannelOrder state, OrderOptions options) {
    this.state = state;
    this.options = options;
  }

  /** The state of a channel that nobody has heard of. */
  static ChannelOrder newState(int channel) {
    return ChannelOrder.newBuilder()
        .setChannel(channel)
        .setWaiting(new ArrayList<>())
        .setGivenUp(new ArrayList<>())
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

  /** Lets an early chunk wait. */
  void await(long chunkIndex, long startOffsetMs) {
    state.getWaiting().add(-position(chunkIndex) - 1, new WaitingChunk(chunkIndex, startOffsetMs));
  }

  /** Takes the waiting chunk that is due, having given up the hole before it if its time is up. */
  OptionalLong pollDue() {
    List<WaitingChunk> waiting = state.getWaiting();
    boolean due =
        !waiting.isEmpty()
            && (waiting.get(0).getChunkIndex() == state.getNextIndex() || isHoleGivenUp());
    return due ? pollFirst() : OptionalLong.empty();
  }

  /** Takes the first waiting chunk, however large the hole before it. */
  OptionalLong pollFirst() {
    if (state.getWaiting().isEmpty()) {
      return OptionalLong.empty();
    }
    long chunkIndex = state.getWaiting().remove(0).getChunkIndex();
    giveUp(state.getNextIndex(), chunkIndex);
    return OptionalLong.of(chunkIndex);
  }

  /** Whether a chunk begins before the last one that went on. */
  boolean isBackwards(long startOffsetMs) {
    return startOffsetMs < state.getLastStartOffsetMs();
  }

  long lastStartOffsetMs() {
    return state.getLastStartOffsetMs();
  }

  /** The due chunk goes on; returns how many were given up since the one before. */
  long passOn(long chunkIndex, long startOffsetMs) {
    final long missing = state.getMissingRun();
    state.setMissingRun(0);
    state.setNextIndex(chunkIndex + 1);
    state.setLastStartOffsetMs(Math.max(startOffsetMs, state.getLastStartOffsetMs()));
    return missing;
  }

  /** The due chunk cannot be used. */
  void skip(long chunkIndex) {
    state.setNextIndex(chunkIndex + 1);
    state.setMissingRun(state.getMissingRun() + 1);
  }

  /** Takes all that waits out of the order. */
  List<Long> takeWaiting() {
    List<Long> indexes = state.getWaiting().stream().map(WaitingChunk::getChunkIndex).toList();
    state.getWaiting().clear();
    return indexes;
  }

  /** The last chunk has gone on. */
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

  private boolean isHoleGivenUp() {
    List<WaitingChunk> waiting = state.getWaiting();
    long firstMs = waiting.get(0).getStartOffsetMs();
    long latestMs =
        waiting.stream().mapToLong(WaitingChunk::getStartOffsetMs).max().orElse(firstMs);
    return latestMs - firstMs >= options.reorderBoundMs()
        || waiting.size() > options.maxBufferedChunks();
  }

  /** A channel's first chunk may have any index: the pipeline may have joined in mid-call. */
  private boolean isTooFar(long chunkIndex) {
    List<WaitingChunk> waiting = state.getWaiting();
    boolean first = state.getNextIndex() == 0 && waiting.isEmpty();
    long highest =
        waiting.isEmpty()
            ? state.getNextIndex() - 1
            : waiting.get(waiting.size() - 1).getChunkIndex();
    return !first && chunkIndex - highest > options.maxIndexJump();
  }

  /** Where a chunk waits, or {@code -(where it would) - 1}. */
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
