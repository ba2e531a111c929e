package io.undertone.jobs.kafka;

import io.undertone.schemas.EmotionEvent;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An event; its key is that of the call. */
final class EmotionEventSerializer implements KafkaRecordSerializationSchema<EmotionEvent> {
  private static final long serialVersionUID = 1L;

  private final ValueFormat<EmotionEvent> format;

  EmotionEventSerializer(ValueFormat<EmotionEvent> format) {
    this.format = format;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      EmotionEvent event, KafkaSinkContext context, Long timestampMs) {
    byte[] key = SingleObject.keyOf(event.getTenant(), event.getConversationId());
    return format.record(key, event);
  }
}
