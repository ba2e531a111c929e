package io.undertone.operators.recognize;

import io.undertone.model.ChannelMemory;
import io.undertone.model.ConversationSeed;
import io.undertone.model.EmotionModel;
import io.undertone.model.MemoryCodec;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.MemoryFormatException;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.ModelMismatchException;
import io.undertone.operators.Conversation;
import java.time.Duration;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memories of calls as they were saved last, one a channel: bytes in keyed state, in the format
 * of {@link MemoryCodec}. Works on the memories of the current key's call.
 *
 * <p>A channel is one speaker, whom a memory of their own gets to know sooner. Of the others it is
 * told what they were {@link LastEstimates last heard} to feel.
 */
final class ConversationMemories {
  private static final Logger LOG = LoggerFactory.getLogger(ConversationMemories.class);

  private final MapState<Integer, byte[]> bytes;
  private final LastEstimates lastEstimates;
  private final EmotionModel model;
  private final MemoryEncoding encoding;
  private final Counter resets;

  ConversationMemories(
      MapState<Integer, byte[]> bytes,
      LastEstimates lastEstimates,
      EmotionModel model,
      MemoryEncoding encoding,
      Counter resets) {
    this.bytes = bytes;
    this.lastEstimates = lastEstimates;
    this.model = model;
    this.encoding = encoding;
    this.resets = resets;
  }

  static ConversationMemories of(
      RuntimeContext runtime, RecognizeOptions options, EmotionModel model, Counter resets) {
    MapStateDescriptor<Integer, byte[]> descriptor =
        new MapStateDescriptor<>(
            "memory-by-channel", Types.INT, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    StateTtlConfig timeToLive =
        StateTtlConfig.newBuilder(Duration.ofMillis(options.memoryTtlMs()))
            .cleanupFullSnapshot()
            .build();
    descriptor.enableTimeToLive(timeToLive);
    return new ConversationMemories(
        runtime.getMapState(descriptor),
        new LastEstimates(runtime.getMapState(LastEstimates.descriptor(timeToLive))),
        model,
        options.saving(),
        resets);
  }

  /** What each channel was last heard to feel. */
  LastEstimates lastEstimates() {
    return lastEstimates;
  }

  /**
   * A channel's memory, live. A new one where there is none, and where it is damaged or another
   * model's: that is counted, and it is never applied.
   */
  ChannelMemory load(Conversation conversation, int channel) throws Exception {
    byte[] saved = bytes.get(channel);
    if (saved != null) {
      try {
        return model.restore(MemoryCodec.decode(saved));
      } catch (MemoryFormatException | ModelMismatchException e) {
        resets.inc();
        LOG.warn("The memory of a call cannot be used and is begun anew: {}", e.getMessage());
      }
    }
    return model.newMemory(
        ConversationSeed.of(conversation.tenant(), conversation.conversationId()));
  }

  /**
   * Keeps what a channel's memory has learned.
   *
   * @return how many bytes that takes
   */
  long save(int channel, MemorySnapshot snapshot) throws Exception {
    byte[] encoded = MemoryCodec.encode(snapshot, encoding);
    bytes.put(channel, encoded);
    return encoded.length;
  }

  void erase(int channel) throws Exception {
    bytes.remove(channel);
    lastEstimates.erase(channel);
  }

  /** Erases those of all channels. */
  void eraseAll() {
    bytes.clear();
    lastEstimates.eraseAll();
  }
}
