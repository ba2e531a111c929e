package io.undertone.jobs.kafka;

import io.undertone.jobs.options.Delivery;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.operators.emit.CallDocument;
import io.undertone.schemas.Alert;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.ErasureRecord;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/**
 * Writes the topics of events, alerts and all else, with the same delivery guarantee. With a schema
 * registry, each method registers the schema of its topic, and throws an UncheckedIOException if
 * that fails.
 */
public final class KafkaSinks {

  private KafkaSinks() {}

  public static Sink<EmotionEvent> events(JobOptions options) {
    String topic = options.topics().events();
    return sink(
        options,
        topic,
        new EmotionEventSerializer(ValueFormat.of(options, topic, EmotionEvent.getClassSchema())));
  }

  public static Sink<DeadLetter> deadLetters(JobOptions options) {
    String topic = options.topics().deadLetters();
    return sink(
        options,
        topic,
        new DeadLetterSerializer(ValueFormat.of(options, topic, DeadLetter.getClassSchema())));
  }

  public static Sink<DeadLetter> late(JobOptions options) {
    String topic = options.topics().late();
    return sink(
        options,
        topic,
        new DeadLetterSerializer(ValueFormat.of(options, topic, DeadLetter.getClassSchema())));
  }

  public static Sink<ErasureRecord> audit(JobOptions options) {
    String topic = options.topics().audit();
    return sink(
        options,
        topic,
        new ErasureRecordSerializer(
            ValueFormat.of(options, topic, ErasureRecord.getClassSchema())));
  }

  public static Sink<Alert> alerts(JobOptions options) {
    String topic = options.topics().alerts();
    return sink(
        options,
        topic,
        new AlertSerializer(ValueFormat.of(options, topic, Alert.getClassSchema())));
  }

  /** Documents of ended calls; null if the job has no topic for them. */
  public static @Nullable Sink<CallDocument> contactLens(JobOptions options) {
    String topic = options.topics().contactLens();
    return topic.isEmpty() ? null : sink(options, topic, new CallDocumentSerializer(topic));
  }

  private static <T> Sink<T> sink(
      JobOptions options, String topic, KafkaRecordSerializationSchema<T> serializer) {
    Properties properties = new Properties();
    properties.putAll(
        ClientProperties.of(options.kafkaClientProperties(), ProducerConfig.configNames()));
    properties.setProperty(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        String.valueOf(options.get(KafkaOptions.TRANSACTION_TIMEOUT).toMillis()));
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(properties)
        .setBootstrapServers(options.get(KafkaOptions.BOOTSTRAP_SERVERS))
        .setRecordSerializer(serializer)
        .setDeliveryGuarantee(guarantee(options.get(KafkaOptions.DELIVERY)))
        .setTransactionalIdPrefix(options.get(KafkaOptions.TRANSACTIONAL_ID_PREFIX) + "-" + topic)
        .build();
  }

  private static DeliveryGuarantee guarantee(Delivery delivery) {
    return switch (delivery) {
      case AT_LEAST_ONCE -> DeliveryGuarantee.AT_LEAST_ONCE;
      case EXACTLY_ONCE -> DeliveryGuarantee.EXACTLY_ONCE;
    };
  }
}
