package io.undertone.cli.forget;

import io.undertone.jobs.kafka.ClientProperties;
import io.undertone.jobs.kafka.SingleObject;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.schemas.ForgetConversation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes requests to the control topic. */
final class ControlProducer implements AutoCloseable {
  private static final int TIMEOUT_MS = 30_000;
  private static final int REQUEST_TIMEOUT_MS = 15_000;

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;

  private ControlProducer(String topic, KafkaProducer<byte[], byte[]> producer) {
    this.topic = topic;
    this.producer = producer;
  }

  /**
   * Connects to a broker.
   *
   * @param clientProperties further properties of Kafka's client, such as credentials
   * @throws TopicUnavailableException within seconds, if the broker or the topic is missing
   */
  static ControlProducer connect(
      String bootstrapServers, String topic, Map<String, String> clientProperties)
      throws TopicUnavailableException {
    try (Topics topics = Topics.at(bootstrapServers, clientProperties)) {
      topics.require(List.of(topic));
    }
    Map<String, Object> config =
        new HashMap<>(ClientProperties.of(clientProperties, ProducerConfig.configNames()));
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    return new ControlProducer(
        topic, new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** Sends a request and waits for the broker; returns its topic, partition and offset. */
  RecordMetadata send(ForgetConversation request) throws TopicUnavailableException {
    byte[] key = SingleObject.keyOf(request.getTenant(), request.getConversationId());
    try {
      return producer
          .send(SingleObject.record(topic, key, ForgetConversation.getEncoder(), request))
          .get();
    } catch (ExecutionException e) {
      throw unavailable(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private TopicUnavailableException unavailable(Throwable cause) {
    return new TopicUnavailableException(
        "the broker did not accept the request in " + topic + ": " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    producer.close();
  }
}
