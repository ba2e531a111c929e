package io.undertone.jobs.kafka;

import io.undertone.schemas.Alert;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A state of an alert; its key is that of the call. */
final class AlertSerializer implements KafkaRecordSerializationSchema<Alert> {
  private static final long serialVersionUID = 1L;

  private final ValueFormat<Alert> format;

  AlertSerializer(ValueFormat<Alert> format) {
    this.format = format;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Alert alert, KafkaSinkContext context, Long timestampMs) {
    byte[] key = SingleObject.keyOf(alert.getTenant(), alert.getConversationId());
    return format.record(key, alert);
  }
}
