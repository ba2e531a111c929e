package io.undertone.operators.order;

import io.undertone.operators.CallEnd;
import io.undertone.operators.ChunkCounts;
import io.undertone.operators.Conversation;
import io.undertone.operators.RecordCoordinates;
import io.undertone.operators.chunk.Attributes;
import io.undertone.operators.state.CallOrder;
import io.undertone.operators.state.ChannelOrder;
import io.undertone.operators.state.WaitingChunk;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Operations on {@link CallOrder}, the state of a call. */
final class CallOrders {

  private CallOrders() {}

  static CallOrder newCall() {
    return CallOrder.newBuilder()
        .setChannels(new ArrayList<>())
        .setExpectedChannels(new ArrayList<>())
        .setAttributes(Map.of())
        .build();
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

  /** Updates the call when a chunk arrives, in whatever order. */
  static void countArrived(CallOrder call, RecordCoordinates at) {
    call.setLastOffset(Math.max(call.getLastOffset(), at.offset()));
  }

  /** Updates the call after a chunk was forwarded, with the number of missing chunks before it. */
  static void countForwarded(CallOrder call, AudioChunk audio, long missing) {
    call.setAttributes(Attributes.after(call.getAttributes(), audio.getAttributes()));
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

  /** Notes which analysed channels the call has, if its sender tells. */
  static void expectChannels(CallOrder call, AudioChunk audio, Set<Role> analysedRoles) {
    List<Role> roles = audio.getChannelRoles();
    if (roles.isEmpty()) {
      return;
    }
    Set<Integer> expected = new TreeSet<>(call.getExpectedChannels());
    expected.add(audio.getChannel());
    for (int channel = 0; channel < roles.size(); channel++) {
      if (analysedRoles.contains(roles.get(channel))) {
        expected.add(channel);
      }
    }
    call.setExpectedChannels(new ArrayList<>(expected));
  }

  /** Whether all channels of the call have ended, and no other can come. */
  static boolean isComplete(CallOrder call) {
    return !call.getExpectedChannels().isEmpty() && haveAllEnded(call);
  }

  /** Whether all channels have ended that the call has so far, and that it is known to have. */
  static boolean haveAllEnded(CallOrder call) {
    for (int channel : call.getExpectedChannels()) {
      if (known(call, channel).isEmpty()) {
        return false;
      }
    }
    for (ChannelOrder channel : call.getChannels()) {
      if (!channel.getEnded()) {
        return false;
      }
    }
    return !call.getChannels().isEmpty();
  }

  static CallEnd end(Conversation conversation, CallOrder call, EndReason reason) {
    boolean denied = reason == EndReason.CONSENT_DENIED || reason == EndReason.ERASED;
    long trailing = call.getChannels().stream().mapToLong(ChannelOrder::getMissingRun).sum();
    ChunkCounts chunks =
        new ChunkCounts(
            call.getMissingChunks() + trailing, call.getDuplicateChunks(), call.getLateChunks());
    return new CallEnd(
        conversation,
        reason,
        call.getEndOffsetMs(),
        call.getEndTimeMs(),
        chunks,
        call.getLastOffset(),
        0,
        null,
        null,
        denied ? Map.of() : call.getAttributes());
  }

  /** What is kept of an ended call. */
  static CallOrder tombstone(CallOrder call) {
    for (ChannelOrder channel : call.getChannels()) {
      channel.getWaiting().clear();
      channel.getDoubted().clear();
    }
    call.setAttributes(Map.of());
    return call;
  }

  /** What is kept of a call whose analysis was denied: nothing but that, and its timer. */
  static CallOrder deniedTombstone(CallOrder call) {
    return CallOrder.newBuilder()
        .setChannels(List.of())
        .setTimerMs(call.getTimerMs())
        .setPartition(call.getPartition())
        .setPartitionTimeMs(call.getPartitionTimeMs())
        .setAttributes(Map.of())
        .setDenied(true)
        .build();
  }
}
