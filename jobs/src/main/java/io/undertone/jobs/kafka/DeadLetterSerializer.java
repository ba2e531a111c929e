package io.undertone.jobs.kafka;

import io.undertone.schemas.DeadLetter;
import java.nio.ByteBuffer;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter. Its key is that of the call, or the key of the unusable record if the call is
 * unknown.
 */
final class DeadLetterSerializer implements KafkaRecordSerializationSchema<DeadLetter> {
  private static final long serialVersionUID = 1L;

  private final ValueFormat<DeadLetter> format;

  DeadLetterSerializer(ValueFormat<DeadLetter> format) {
    this.format = format;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter letter, KafkaSinkContext context, Long timestampMs) {
    return format.record(key(letter), letter);
  }

  private static byte @Nullable [] key(DeadLetter letter) {
    String tenant = letter.getTenant();
    String conversationId = letter.getConversationId();
    if (tenant != null && conversationId != null) {
      return SingleObject.keyOf(tenant, conversationId);
    }
    ByteBuffer key = letter.getKey();
    if (key == null) {
      return null;
    }
    byte[] bytes = new byte[key.remaining()];
    key.duplicate().get(bytes);
    return bytes;
  }
}
