package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.message.MessageDecoder;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning. */
public final class TopicReader<T> implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);

  private enum Isolation {
    READ_COMMITTED,
    READ_UNCOMMITTED
  }

  private final Supplier<String> jobState;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final MessageDecoder<T> decoder;
  private final List<T> values = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  private TopicReader(
      String bootstrapServers,
      String topic,
      MessageDecoder<T> decoder,
      Isolation isolation,
      Supplier<String> jobState) {
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            isolation.name().toLowerCase(Locale.ROOT));
    this.jobState = jobState;
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.decoder = decoder;
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Of a job that is not a pipeline of this JVM; skips records of open transactions. */
  public static <T> TopicReader<T> of(
      String bootstrapServers, String topic, MessageDecoder<T> decoder) {
    return new TopicReader<>(
        bootstrapServers, topic, decoder, Isolation.READ_COMMITTED, () -> "in other processes");
  }

  /** Skips records of open and of aborted transactions. */
  static <T> TopicReader<T> ofCommitted(
      TestPipeline pipeline, String topic, MessageDecoder<T> decoder) {
    return new TopicReader<>(
        pipeline.bootstrapServers(),
        topic,
        decoder,
        Isolation.READ_COMMITTED,
        pipeline::lastFailure);
  }

  /** Includes records of open and of aborted transactions. */
  static <T> TopicReader<T> ofAll(TestPipeline pipeline, String topic, MessageDecoder<T> decoder) {
    return new TopicReader<>(
        pipeline.bootstrapServers(),
        topic,
        decoder,
        Isolation.READ_UNCOMMITTED,
        pipeline::lastFailure);
  }

  /**
   * Reads until the values meet the condition, and returns all of them; fails after two minutes.
   */
  public List<T> await(Predicate<List<T>> condition) {
    long deadlineNanos = System.nanoTime() + TIMEOUT.toNanos();
    while (!condition.test(values)) {
      assertThat(System.nanoTime())
          .as(() -> "read only " + values.size() + " records; the job: " + jobState.get())
          .isLessThan(deadlineNanos);
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        records.add(record);
        values.add(decode(record));
      }
    }
    return List.copyOf(values);
  }

  /** All values that are in the topic now. */
  public List<T> readAll() {
    long written =
        consumer.endOffsets(consumer.assignment()).values().stream()
            .mapToLong(Long::longValue)
            .sum();
    return await(read -> read.size() >= written);
  }

  /** The number of values read so far. */
  public int size() {
    return values.size();
  }

  /** The Kafka records of the values read so far. */
  public List<ConsumerRecord<byte[], byte[]>> records() {
    return List.copyOf(records);
  }

  @Override
  public void close() {
    consumer.close();
  }

  private T decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      return decoder.decode(record.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
