package io.undertone.dashboard.topics;

import io.undertone.dashboard.calls.CallKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes what people say. It connects when it is first needed. */
public final class TopicWriter implements AutoCloseable {
  private static final int PATIENCE_MS = 10_000;
  private static final int REQUEST_TIMEOUT_MS = 5_000;

  private final Map<String, ?> clientProperties;
  private @Nullable Producer<byte[], byte[]> producer;

  /**
   * @param clientProperties of a Kafka producer, its servers among them
   */
  public TopicWriter(Map<String, ?> clientProperties) {
    this.clientProperties = Map.copyOf(clientProperties);
  }

  /**
   * Writes, and waits for the broker.
   *
   * @param call what the record is about: its key
   * @param record in single-object encoding
   * @throws IOException if the broker does not take it within seconds
   */
  public void write(String topic, CallKey call, ByteBuffer record) throws IOException {
    byte[] key = (call.tenant() + "/" + call.conversation()).getBytes(StandardCharsets.UTF_8);
    try {
      producer()
          .send(new ProducerRecord<>(topic, key, bytes(record)))
          .get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      throw new IOException("cannot write to " + topic + ": " + cause.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("cannot write to " + topic + ": interrupted", e);
    }
  }

  private synchronized Producer<byte[], byte[]> producer() {
    if (producer == null) {
      Map<String, Object> config = new HashMap<>(clientProperties);
      config.put(ProducerConfig.ACKS_CONFIG, "all");
      config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, REQUEST_TIMEOUT_MS);
      config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
      config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS);
      producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  private static byte[] bytes(ByteBuffer record) {
    byte[] bytes = new byte[record.remaining()];
    record.get(bytes);
    return bytes;
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close();
    }
  }
}
