package io.undertone.operators.recognize;

import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.call.ChannelState;
import io.undertone.model.call.LiveCall;
import io.undertone.schemas.MemoryReset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A call whose memories are on the device, and how it differs from its keyed state. */
final class ResidentCall implements AutoCloseable {
  private final String key;
  private final LiveCall<ChannelMemory> live;
  private final Map<Integer, MemoryReset> resets;

  /** When each channel was updated last, by the {@link RunningClock}. */
  private final Map<Integer, Long> updatedMs;

  private final SortedSet<Integer> unsaved = new TreeSet<>();
  private long lastUpdatedMs;

  /**
   * @param resets channels whose saved memory could not be used; more may be added
   * @param updatedMs when each saved channel was updated last
   */
  ResidentCall(
      String key,
      LiveCall<ChannelMemory> live,
      Map<Integer, MemoryReset> resets,
      Map<Integer, Long> updatedMs) {
    this.key = key;
    this.live = live;
    this.resets = resets;
    this.updatedMs = new HashMap<>(updatedMs);
    lastUpdatedMs = updatedMs.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  String key() {
    return key;
  }

  LiveCall<ChannelMemory> live() {
    return live;
  }

  /** Bytes of its memories on the device. */
  long sizeBytes() {
    return live.memories().values().stream().mapToLong(ChannelMemory::sizeBytes).sum();
  }

  /** When a channel was updated last. */
  long updatedMs(int channel) {
    return updatedMs.getOrDefault(channel, 0L);
  }

  /** When the last of its channels was updated. */
  long lastUpdatedMs() {
    return lastUpdatedMs;
  }

  /** Why the memory of a channel has begun anew, once; null if it has not. */
  @Nullable MemoryReset takeReset(int channel) {
    return resets.remove(channel);
  }

  /** Records the estimate of an utterance, with which the channel's memory was updated. */
  void recognized(int channel, long endOffsetMs, EmotionEstimate estimate, long nowMs) {
    live.recognized(channel, endOffsetMs, estimate);
    updatedMs.put(channel, nowMs);
    unsaved.add(channel);
    lastUpdatedMs = nowMs;
  }

  /** Drops the channels whose last update was at a time or before, and returns them. */
  List<Integer> dropChannels(long untilMs) {
    List<Integer> dropped =
        updatedMs.entrySet().stream()
            .filter(channel -> channel.getValue() <= untilMs)
            .map(Map.Entry::getKey)
            .toList();
    for (int channel : dropped) {
      live.drop(channel);
      updatedMs.remove(channel);
      unsaved.remove(channel);
    }
    return dropped;
  }

  /** The channels that were updated since they were saved. */
  List<Integer> unsaved() {
    return List.copyOf(unsaved);
  }

  /** The memories of these channels, in their order. */
  List<ChannelMemory> unsavedMemories() {
    return unsaved.stream().map(live::memory).toList();
  }

  /** A channel that is about to be saved. */
  ChannelState saved(int channel, MemorySnapshot snapshot, MemoryEncoding encoding) {
    unsaved.remove(channel);
    return live.state(channel, snapshot, encoding);
  }

  /** Takes its memories from the device. */
  @Override
  public void close() {
    live.close();
  }
}
