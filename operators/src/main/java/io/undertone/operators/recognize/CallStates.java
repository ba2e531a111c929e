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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls as they were saved last: the bytes of a {@link ChannelState} for each channel, in keyed
 * state. All methods work on the call of the current key.
 */
final class CallStates {
  private static final Logger LOG = LoggerFactory.getLogger(CallStates.class);

  private final MapState<Integer, byte[]> channels;
  private final FormerCallStates former;
  private final EmotionModel model;
  private final Counter resets;

  CallStates(
      MapState<Integer, byte[]> channels,
      FormerCallStates former,
      EmotionModel model,
      Counter resets) {
    this.channels = channels;
    this.former = former;
    this.model = model;
    this.resets = resets;
  }

  static CallStates of(
      RuntimeContext runtime, long timeToLiveMs, EmotionModel model, Counter resets) {
    StateTtlConfig timeToLive =
        StateTtlConfig.newBuilder(Duration.ofMillis(timeToLiveMs)).cleanupFullSnapshot().build();
    MapStateDescriptor<Integer, byte[]> descriptor =
        new MapStateDescriptor<>(
            "state-by-channel", Types.INT, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    descriptor.enableTimeToLive(timeToLive);
    return new CallStates(
        runtime.getMapState(descriptor), FormerCallStates.of(runtime, timeToLive), model, resets);
  }

  /**
   * The call as it was saved, or a new one. It reads the memory of a channel when the channel first
   * needs it: until then, the call's key must be the current one for each request.
   */
  LiveCall<ChannelMemory> load(Conversation conversation) throws Exception {
    for (Map.Entry<Integer, ChannelState> channel : former.take().entrySet()) {
      save(channel.getKey(), channel.getValue());
    }
    return new LiveCall<>(lastEstimates(), channel -> openMemory(conversation, channel));
  }

  private Map<Integer, LastEstimate> lastEstimates() throws Exception {
    Map<Integer, LastEstimate> lastEstimates = new HashMap<>();
    List<Integer> damaged = new ArrayList<>();
    for (Map.Entry<Integer, byte[]> channel : channels.entries()) {
      try {
        ChannelState.ofBytes(channel.getValue())
            .lastEstimate()
            .ifPresent(last -> lastEstimates.put(channel.getKey(), last));
      } catch (MemoryFormatException e) {
        reset(e);
        damaged.add(channel.getKey());
      }
    }
    for (int channel : damaged) {
      channels.remove(channel);
    }
    return lastEstimates;
  }

  /** A new memory where none was saved, or where it is damaged or belongs to another model. */
  private ChannelMemory openMemory(Conversation conversation, int channel) {
    try {
      byte[] saved = channels.get(channel);
      if (saved != null) {
        return model.restore(ChannelState.ofBytes(saved).memory());
      }
    } catch (MemoryFormatException | ModelMismatchException e) {
      reset(e);
    } catch (Exception e) {
      throw new FlinkRuntimeException("keyed state of " + conversation + " must be readable", e);
    }
    return model.newMemory(
        ConversationSeed.of(conversation.tenant(), conversation.conversationId()));
  }

  private void reset(RuntimeException reason) {
    resets.inc();
    LOG.warn("Discarded the saved memory of a channel: {}", reason.getMessage());
  }

  /**
   * Saves a channel.
   *
   * @return its size in bytes
   */
  long save(int channel, ChannelState state) throws Exception {
    byte[] bytes = state.toBytes();
    channels.put(channel, bytes);
    return bytes.length;
  }

  void erase(int channel) throws Exception {
    channels.remove(channel);
  }

  /** Erases all channels. */
  void eraseAll() {
    channels.clear();
    former.erase();
  }
}
