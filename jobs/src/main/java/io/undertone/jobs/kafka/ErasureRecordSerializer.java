package io.undertone.jobs.kafka;

import io.undertone.schemas.ErasureRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The evidence of an erasure; its key is that of the call. */
final class ErasureRecordSerializer implements KafkaRecordSerializationSchema<ErasureRecord> {
  private static final long serialVersionUID = 1L;

  private final ValueFormat<ErasureRecord> format;

  ErasureRecordSerializer(ValueFormat<ErasureRecord> format) {
    this.format = format;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      ErasureRecord erasure, KafkaSinkContext context, Long timestampMs) {
    byte[] key = SingleObject.keyOf(erasure.getTenant(), erasure.getConversationId());
    return format.record(key, erasure);
  }
}
