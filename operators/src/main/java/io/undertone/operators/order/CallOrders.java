package io.undertone.operators.order;

import io.undertone.operators.CallEnd;
import io.undertone.operators.ChunkCounts;
import io.undertone.operators.Conversation;
import io.undertone.operators.state.CallOrder;
import io.undertone.operators.state.ChannelOrder;
import io.undertone.operators.state.WaitingChunk;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.EndReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Operations on {@link CallOrder}, the state of a call. */
final class CallOrders {

  private CallOrders() {}

  static CallOrder newCall() {
    return CallOrder.newBuilder().setChannels(new ArrayList<>()).build();
  }

  /** The state of a known channel. */
  static Optional<ChannelOrder> known(CallOrder call, int channel) {
    for (ChannelOrder one : call.getChannels()) {
      if (one.getChannel() == channel) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  /** The state of a channel, which is added if it is new. */
  static ChannelOrder channel(CallOrder call, int channel) {
    Optional<ChannelOrder> known = known(call, channel);
    if (known.isPresent()) {
      return known.get();
    }
    ChannelOrder added = ChannelSequence.newState(channel);
    call.getChannels().add(added);
    call.getChannels().sort(Comparator.comparingInt(ChannelOrder::getChannel));
    return added;
  }

  /** Updates the call after a chunk was forwarded, with the number of missing chunks before it. */
  static void countForwarded(CallOrder call, AudioChunk audio, long missing) {
    call.setMissingChunks(call.getMissingChunks() + missing);
    call.setEndOffsetMs(Math.max(call.getEndOffsetMs(), audio.getStartOffsetMs()));
    call.setEndTimeMs(Math.max(call.getEndTimeMs(), audio.getCaptureTimeMs()));
  }

  /** Bytes of audio that wait in all channels; chunks of former savepoints count as empty. */
  static long waitingBytes(CallOrder call) {
    return call.getChannels().stream()
        .flatMap(
            channel -> Stream.concat(channel.getWaiting().stream(), channel.getDoubted().stream()))
        .mapToLong(WaitingChunk::getBytes)
        .sum();
  }

  static boolean hasEnded(CallOrder call) {
    for (ChannelOrder channel : call.getChannels()) {
      if (!channel.getEnded()) {
        return false;
      }
    }
    return !call.getChannels().isEmpty();
  }

  static CallEnd end(Conversation conversation, CallOrder call, EndReason reason) {
    long trailing = call.getChannels().stream().mapToLong(ChannelOrder::getMissingRun).sum();
    ChunkCounts chunks =
        new ChunkCounts(
            call.getMissingChunks() + trailing, call.getDuplicateChunks(), call.getLateChunks());
    return new CallEnd(
        conversation, reason, call.getEndOffsetMs(), call.getEndTimeMs(), chunks, 0, null);
  }

  /** What is kept of an ended call. */
  static CallOrder tombstone(CallOrder call) {
    for (ChannelOrder channel : call.getChannels()) {
      channel.getWaiting().clear();
      channel.getDoubted().clear();
    }
    return call;
  }

  /** What is kept of a call whose analysis was denied: nothing but that. */
  static CallOrder deniedTombstone() {
    return CallOrder.newBuilder().setChannels(List.of()).setDenied(true).build();
  }
}
