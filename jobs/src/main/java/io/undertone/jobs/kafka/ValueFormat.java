package io.undertone.jobs.kafka;

import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.schemas.registry.ConfluentEncoder;
import io.undertone.schemas.registry.SchemaRegistry;
import io.undertone.schemas.registry.SchemaRegistryException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.MessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a topic are encoded: in Avro's single-object encoding, or with a schema
 * registry in Confluent's wire format. The schema is registered when the job is defined, so that
 * only the process that defines it talks to the registry.
 */
final class ValueFormat<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final Schema schema;

  /** Null without a registry. */
  private final @Nullable Integer registeredId;

  private transient @Nullable MessageEncoder<T> encoder;

  private ValueFormat(String topic, Schema schema, @Nullable Integer registeredId) {
    this.topic = topic;
    this.schema = schema;
    this.registeredId = registeredId;
  }

  /**
   * The format that the options want for a topic.
   *
   * @throws UncheckedIOException if the registry's credentials cannot be used, it refuses the
   *     schema, or does not answer
   */
  static <T> ValueFormat<T> of(JobOptions options, String topic, Schema schema) {
    try {
      SchemaRegistry registry =
          Registries.at(options.get(KafkaOptions.SCHEMA_REGISTRY), options.kafkaClientProperties());
      if (registry == null) {
        return new ValueFormat<>(topic, schema, null);
      }
      return new ValueFormat<>(topic, schema, registry.register(topic, schema));
    } catch (SchemaRegistryException e) {
      throw new UncheckedIOException(
          "the schema of %s cannot be registered: %s".formatted(topic, e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new UncheckedIOException("--schema-registry: " + e.getMessage(), new IOException(e));
    }
  }

  /** A record of the topic. */
  ProducerRecord<byte[], byte[]> record(byte @Nullable [] key, T value) {
    MessageEncoder<T> values = encoder;
    if (values == null) {
      values =
          registeredId == null
              ? new BinaryMessageEncoder<>(SpecificData.getForSchema(schema), schema)
              : new ConfluentEncoder<>(schema, registeredId);
      encoder = values;
    }
    return SingleObject.record(topic, key, values, value);
  }
}
