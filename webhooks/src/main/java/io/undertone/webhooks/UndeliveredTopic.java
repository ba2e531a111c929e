package io.undertone.webhooks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where records go whose alert nobody took: as they were read, with headers that say where from and
 * why.
 */
final class UndeliveredTopic implements AutoCloseable {
  private static final int PATIENCE_MS = 10_000;
  private static final int REQUEST_TIMEOUT_MS = 5_000;

  private final String topic;
  private final Producer<byte[], byte[]> producer;

  /**
   * @param clientProperties of a Kafka producer, its servers among them
   */
  UndeliveredTopic(String topic, Map<String, ?> clientProperties) {
    this.topic = topic;
    Map<String, Object> config = new HashMap<>(clientProperties);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, REQUEST_TIMEOUT_MS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Writes, and waits for the broker.
   *
   * @throws IOException if the broker does not take it within seconds
   */
  void write(ConsumerRecord<byte[], byte[]> record, String reason) throws IOException {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, record.key(), record.value());
    letter
        .headers()
        .add("undertone.reason", bytes(reason))
        .add("undertone.topic", bytes(record.topic()))
        .add("undertone.partition", bytes(Integer.toString(record.partition())))
        .add("undertone.offset", bytes(Long.toString(record.offset())));
    try {
      producer.send(letter).get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new IOException("cannot write to " + topic + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("cannot write to " + topic + ": interrupted", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
