package io.undertone.jobs.kafka;

import io.undertone.operators.emit.CallDocument;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** JSON in UTF-8; its key is that of the call. An erased call has a tombstone: no value. */
final class CallDocumentSerializer implements KafkaRecordSerializationSchema<CallDocument> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  CallDocumentSerializer(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      CallDocument document, KafkaSinkContext context, Long timestampMs) {
    byte[] key = document.conversation().key().getBytes(StandardCharsets.UTF_8);
    String json = document.json();
    byte[] value = json == null ? null : json.getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic, key, value);
  }
}
