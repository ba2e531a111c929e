package io.undertone.dashboard.topics;

import io.undertone.schemas.LabelFeedback;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** Writes what people say about labels. It connects when it is first needed. */
public final class FeedbackTopic implements AutoCloseable {
  /** The topic, if nothing else is said. */
  public static final String DEFAULT_NAME = "undertone.feedback.v1";

  private static final int PATIENCE_MS = 10_000;
  private static final int REQUEST_TIMEOUT_MS = 5_000;

  private final String topic;
  private final Map<String, ?> clientProperties;
  private @Nullable Producer<byte[], byte[]> producer;

  /**
   * @param clientProperties of a Kafka producer, its servers among them
   */
  public FeedbackTopic(String topic, Map<String, ?> clientProperties) {
    this.topic = topic;
    this.clientProperties = Map.copyOf(clientProperties);
  }

  public String name() {
    return topic;
  }

  /**
   * Writes, and waits for the broker.
   *
   * @throws IOException if the broker does not take it within seconds
   */
  public void write(LabelFeedback feedback) throws IOException {
    String key = feedback.getTenant() + "/" + feedback.getConversationId();
    try {
      producer()
          .send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), bytes(feedback)))
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

  private static byte[] bytes(LabelFeedback feedback) {
    try {
      ByteBuffer buffer = feedback.toByteBuffer();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close();
    }
  }
}
