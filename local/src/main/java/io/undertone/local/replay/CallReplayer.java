package io.undertone.local.replay;

import io.undertone.jobs.kafka.ClientProperties;
import io.undertone.jobs.kafka.SingleObject;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.schemas.AudioChunk;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends calls to a topic, as a telephone system would. Thread-safe. */
public final class CallReplayer implements AutoCloseable {
  private static final int REQUEST_TIMEOUT_MS = 15_000;
  private static final int DELIVERY_TIMEOUT_MS = 60_000;

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;

  private CallReplayer(String topic, KafkaProducer<byte[], byte[]> producer) {
    this.topic = topic;
    this.producer = producer;
  }

  /**
   * Connects to a broker.
   *
   * @param clientProperties further properties of Kafka's client, such as credentials; they
   *     override the timeouts of a minute
   * @throws TopicUnavailableException within seconds, if the broker or the topic is missing
   */
  public static CallReplayer connect(
      String bootstrapServers, String topic, Map<String, String> clientProperties)
      throws TopicUnavailableException {
    try (Topics topics = Topics.at(bootstrapServers, clientProperties)) {
      topics.require(List.of(topic));
    }
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_TIMEOUT_MS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
    config.putAll(ClientProperties.of(clientProperties, ProducerConfig.configNames()));
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return new CallReplayer(
        topic, new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /**
   * Sends a call, and waits until the broker has acknowledged all of it.
   *
   * @throws TopicUnavailableException if the broker stopped accepting chunks
   * @throws InterruptedException if the thread was interrupted between two chunks
   */
  public ReplayReport replay(CallRecording recording, ReplaySettings settings)
      throws TopicUnavailableException, InterruptedException {
    return send(CallChunks.of(recording, settings), settings);
  }

  /** Sends chunks in the given order, at the pace of the settings. */
  public ReplayReport send(List<AudioChunk> chunks, ReplaySettings settings)
      throws TopicUnavailableException, InterruptedException {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    long startNanos = System.nanoTime();
    long payloadBytes = 0;
    for (AudioChunk chunk : chunks) {
      if (settings.pace() == ReplaySettings.Pace.REAL_TIME) {
        waitUntil(startNanos, chunk.getStartOffsetMs() + settings.chunkMs());
      }
      // The callback receives failures.
      Future<RecordMetadata> unused =
          producer.send(
              record(chunk),
              (metadata, exception) -> {
                if (exception != null) {
                  failure.compareAndSet(null, exception);
                }
              });
      throwIf(failure.get());
      payloadBytes += chunk.getPayload().remaining();
    }
    producer.flush();
    throwIf(failure.get());
    return new ReplayReport(chunks.size(), payloadBytes);
  }

  @Override
  public void close() {
    producer.close(Duration.ofMillis(DELIVERY_TIMEOUT_MS));
  }

  private ProducerRecord<byte[], byte[]> record(AudioChunk chunk) {
    byte[] key = SingleObject.keyOf(chunk.getTenant(), chunk.getConversationId());
    return SingleObject.record(topic, key, AudioChunk.getEncoder(), chunk);
  }

  private void throwIf(@Nullable Exception failure) throws TopicUnavailableException {
    if (failure != null) {
      throw new TopicUnavailableException(
          "the topic " + topic + " accepts no more chunks: " + failure.getMessage(), failure);
    }
  }

  private static void waitUntil(long startNanos, long offsetMs) throws InterruptedException {
    long leftNanos = startNanos + TimeUnit.MILLISECONDS.toNanos(offsetMs) - System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(leftNanos);
  }
}
