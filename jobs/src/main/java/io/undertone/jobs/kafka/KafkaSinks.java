package io.undertone.jobs.kafka;

import io.undertone.jobs.options.Delivery;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.EmotionEvent;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Writes the topics of events, dead letters and late audio, all with the same delivery. */
public final class KafkaSinks {

  private KafkaSinks() {}

  public static Sink<EmotionEvent> events(KafkaOptions options) {
    String topic = options.topics().events();
    return sink(options, topic, new EmotionEventSerializer(topic));
  }

  public static Sink<DeadLetter> deadLetters(KafkaOptions options) {
    String topic = options.topics().deadLetters();
    return sink(options, topic, new DeadLetterSerializer(topic));
  }

  public static Sink<DeadLetter> late(KafkaOptions options) {
    String topic = options.topics().late();
    return sink(options, topic, new DeadLetterSerializer(topic));
  }

  private static <T> Sink<T> sink(
      KafkaOptions options, String topic, KafkaRecordSerializationSchema<T> serializer) {
    Properties properties = new Properties();
    properties.putAll(options.clientProperties());
    properties.keySet().retainAll(ProducerConfig.configNames());
    properties.setProperty(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(options.transactionTimeoutMs()));
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(properties)
        .setBootstrapServers(options.bootstrapServers())
        .setRecordSerializer(serializer)
        .setDeliveryGuarantee(guarantee(options.delivery()))
        .setTransactionalIdPrefix(options.transactionalIdPrefix() + "-" + topic)
        .build();
  }

  private static DeliveryGuarantee guarantee(Delivery delivery) {
    return switch (delivery) {
      case AT_LEAST_ONCE -> DeliveryGuarantee.AT_LEAST_ONCE;
      case EXACTLY_ONCE -> DeliveryGuarantee.EXACTLY_ONCE;
    };
  }
}
