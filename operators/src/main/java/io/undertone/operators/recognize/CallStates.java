package io.undertone.operators.recognize;

import io.undertone.model.ChannelMemory;
import io.undertone.model.ConversationSeed;
import io.undertone.model.EmotionModel;
import io.undertone.model.MemoryFormatException;
import io.undertone.model.ModelMismatchException;
import io.undertone.model.call.ChannelState;
import io.undertone.model.call.LastEstimate;
import io.undertone.model.call.LiveCall;
import io.undertone.operators.Conversation;
import io.undertone.operators.encryption.DamagedStateException;
import io.undertone.operators.encryption.StateCipher;
import io.undertone.operators.encryption.StateEntry;
import io.undertone.operators.encryption.StateKeyException;
import io.undertone.schemas.MemoryReset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls as they were saved last: the bytes of a {@link ChannelState} for each channel, encrypted if
 * the job has keys, and when it was updated, in keyed state. All methods work on the call of the
 * current key. Times are those of a {@link RunningClock}; a channel without one was saved by a job
 * that had no such clock, so it counts from the clock's start.
 */
final class CallStates {
  private static final Logger LOG = LoggerFactory.getLogger(CallStates.class);

  /** Name of the state of the channels. */
  private static final String CHANNELS = "state-by-channel";

  private final MapState<Integer, byte[]> channels;
  private final MapState<Integer, Long> updatedMs;
  private final FormerCallStates former;
  private final StateCipher cipher;
  private final EmotionModel model;
  private final Counter memoryResets;

  CallStates(
      MapState<Integer, byte[]> channels,
      MapState<Integer, Long> updatedMs,
      FormerCallStates former,
      StateCipher cipher,
      EmotionModel model,
      Counter memoryResets) {
    this.channels = channels;
    this.updatedMs = updatedMs;
    this.former = former;
    this.cipher = cipher;
    this.model = model;
    this.memoryResets = memoryResets;
  }

  static CallStates of(
      RuntimeContext runtime, StateCipher cipher, EmotionModel model, Counter resets) {
    return new CallStates(
        runtime.getMapState(channels()),
        runtime.getMapState(new MapStateDescriptor<>("updated-by-channel", Types.INT, Types.LONG)),
        FormerCallStates.of(runtime),
        cipher,
        model,
        resets);
  }

  /** The states in which each saved call has an entry. */
  static List<MapStateDescriptor<Integer, ?>> states() {
    return List.of(channels(), FormerCallStates.memories());
  }

  static MapStateDescriptor<Integer, byte[]> channels() {
    return FormerCallStates.everlasting(
        new MapStateDescriptor<>(
            CHANNELS, Types.INT, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  /**
   * The call as it was saved, or a new one. It reads the memory of a channel when the channel first
   * needs it: until then, the call's key must be the current one for each request.
   *
   * @param resets gets the channels whose saved memory cannot be used, when that is noticed
   */
  LiveCall<ChannelMemory> load(Conversation conversation, Map<Integer, MemoryReset> resets)
      throws Exception {
    for (Map.Entry<Integer, ChannelState> channel : former.take().entrySet()) {
      save(conversation.key(), channel.getKey(), channel.getValue(), 0);
    }
    return new LiveCall<>(
        lastEstimates(conversation, resets), channel -> openMemory(conversation, channel, resets));
  }

  /** When each saved channel was updated. */
  Map<Integer, Long> updatedMs() throws Exception {
    Map<Integer, Long> times = new HashMap<>();
    for (int channel : channels.keys()) {
      times.put(channel, updatedMs(channel));
    }
    return times;
  }

  private long updatedMs(int channel) throws Exception {
    return Objects.requireNonNullElse(updatedMs.get(channel), 0L);
  }

  /** Erases the channels that were updated at a time or before, and not since. */
  void eraseUntil(long untilMs) throws Exception {
    if (untilMs < 0) {
      return;
    }
    former.erase();
    for (Map.Entry<Integer, Long> channel : updatedMs().entrySet()) {
      if (channel.getValue() <= untilMs) {
        erase(channel.getKey());
      }
    }
  }

  private Map<Integer, LastEstimate> lastEstimates(
      Conversation conversation, Map<Integer, MemoryReset> resets) throws Exception {
    Map<Integer, LastEstimate> lastEstimates = new HashMap<>();
    List<Integer> damaged = new ArrayList<>();
    for (Map.Entry<Integer, byte[]> channel : channels.entries()) {
      try {
        read(conversation.key(), channel.getKey(), channel.getValue())
            .lastEstimate()
            .ifPresent(last -> lastEstimates.put(channel.getKey(), last));
      } catch (MemoryFormatException | DamagedStateException e) {
        resets.put(channel.getKey(), reset(conversation, MemoryReset.UNREADABLE, e));
        damaged.add(channel.getKey());
      }
    }
    for (int channel : damaged) {
      erase(channel);
    }
    return lastEstimates;
  }

  /** A new memory where none was saved, or where it is damaged or belongs to another model. */
  private ChannelMemory openMemory(
      Conversation conversation, int channel, Map<Integer, MemoryReset> resets) {
    try {
      byte[] saved = channels.get(channel);
      if (saved != null) {
        return model.restore(read(conversation.key(), channel, saved).memory());
      }
    } catch (MemoryFormatException | DamagedStateException e) {
      resets.put(channel, reset(conversation, MemoryReset.UNREADABLE, e));
    } catch (ModelMismatchException e) {
      resets.put(channel, reset(conversation, MemoryReset.MODEL_CHANGED, e));
    } catch (Exception e) {
      throw new FlinkRuntimeException("keyed state of " + conversation + " must be readable", e);
    }
    return model.newMemory(
        ConversationSeed.of(conversation.tenant(), conversation.conversationId()));
  }

  private MemoryReset reset(Conversation conversation, MemoryReset reason, RuntimeException cause) {
    memoryResets.inc();
    LOG.warn("Discarded the saved memory of a channel of {}: {}", conversation, cause.getMessage());
    return reason;
  }

  private ChannelState read(String call, int channel, byte[] saved) {
    return ChannelState.ofBytes(cipher.decrypt(saved, entry(call, channel)));
  }

  static StateEntry entry(String call, int channel) {
    return new StateEntry(CHANNELS, call, channel);
  }

  /**
   * Checks that all channels can be decrypted.
   *
   * @throws StateKeyException if the key of one is missing
   */
  void requireKeys() throws Exception {
    for (byte[] saved : channels.values()) {
      cipher.requireKey(saved);
    }
  }

  /**
   * Saves a channel, with the time of its last update.
   *
   * @return its size in bytes
   */
  long save(String call, int channel, ChannelState state, long atMs) throws Exception {
    byte[] bytes = cipher.encrypt(state.toBytes(), entry(call, channel));
    updatedMs.put(channel, atMs);
    channels.put(channel, bytes);
    return bytes.length;
  }

  /** Whether nothing is saved of the call. */
  boolean isEmpty() throws Exception {
    return channels.isEmpty() && former.isEmpty();
  }

  void erase(int channel) throws Exception {
    channels.remove(channel);
    updatedMs.remove(channel);
  }

  /** Erases all channels. */
  void eraseAll() {
    channels.clear();
    updatedMs.clear();
    former.erase();
  }
}
