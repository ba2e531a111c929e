package io.undertone.operators.recognize;

import io.undertone.model.ConversationSeed;
import io.undertone.model.EmotionModel;
import io.undertone.model.LoraMemory;
import io.undertone.model.MemoryCodec;
import io.undertone.model.MemoryFormatException;
import io.undertone.model.ModelMismatchException;
import io.undertone.operators.Conversation;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memories of calls between their utterances: bytes in keyed state, in the format of {@link
 * MemoryCodec}. Works on the memory of the current key's call.
 */
final class ConversationMemories {
  private static final Logger LOG = LoggerFactory.getLogger(ConversationMemories.class);

  private final ValueState<byte[]> bytes;
  private final EmotionModel model;
  private final Counter resets;

  ConversationMemories(ValueState<byte[]> bytes, EmotionModel model, Counter resets) {
    this.bytes = bytes;
    this.model = model;
    this.resets = resets;
  }

  static ConversationMemories of(
      RuntimeContext runtime, RecognizeOptions options, EmotionModel model, Counter resets) {
    ValueStateDescriptor<byte[]> descriptor =
        new ValueStateDescriptor<>("memory", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    descriptor.enableTimeToLive(
        StateTtlConfig.newBuilder(Duration.ofMillis(options.memoryTtlMs()))
            .cleanupFullSnapshot()
            .build());
    return new ConversationMemories(runtime.getState(descriptor), model, resets);
  }

  /**
   * The call's memory, live. A new one where there is none, and where it is damaged or another
   * model's: that is counted, and it is never applied.
   */
  LoraMemory load(Conversation conversation) throws IOException {
    byte[] saved = bytes.value();
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

  void save(LoraMemory memory) throws IOException {
    bytes.update(MemoryCodec.encode(memory.snapshot()));
  }

  void erase() {
    bytes.clear();
  }
}
