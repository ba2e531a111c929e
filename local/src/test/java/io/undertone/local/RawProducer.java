package io.undertone.local;

import io.undertone.schemas.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends raw records. */
final class RawProducer {

  private static final byte[] KEY = "poison".getBytes(StandardCharsets.UTF_8);

  private RawProducer() {}

  /** The coordinates of a record, and its key. */
  record Sent(String topic, int partition, long offset, @Nullable ByteBuffer key) {

    /** As a dead letter names them. */
    static Sent of(DeadLetter letter) {
      return new Sent(
          letter.getTopic(), letter.getPartition(), letter.getOffset(), letter.getKey());
    }
  }

  static List<Sent> send(String bootstrapServers, String topic, List<byte[]> values)
      throws InterruptedException {
    return send(
        bootstrapServers,
        values.stream().map(value -> new ProducerRecord<>(topic, KEY, value)).toList());
  }

  static List<Sent> send(String bootstrapServers, List<ProducerRecord<byte[], byte[]>> records)
      throws InterruptedException {
    Map<String, Object> config = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Sent> sent = new ArrayList<>();
      for (ProducerRecord<byte[], byte[]> record : records) {
        RecordMetadata at = producer.send(record).get();
        ByteBuffer key = record.key() == null ? null : ByteBuffer.wrap(record.key());
        sent.add(new Sent(record.topic(), at.partition(), at.offset(), key));
      }
      return sent;
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }
}
