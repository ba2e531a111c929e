package io.undertone.cli.redrive;

import io.undertone.jobs.kafka.ClientProperties;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics from their beginning to their present end, and single records. */
final class RecordReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaConsumer<byte[], byte[]> consumer;

  RecordReader(JobOptions options) {
    Map<String, Object> config =
        new HashMap<>(
            ClientProperties.of(options.kafkaClientProperties(), ConsumerConfig.configNames()));
    config.put(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, options.get(KafkaOptions.BOOTSTRAP_SERVERS));
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Every record that is in a topic now; records that come meanwhile are left out. */
  void readAll(String topic, Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : poll()) {
        TopicPartition partition = new TopicPartition(topic, record.partition());
        if (record.offset() < ends.getOrDefault(partition, 0L)) {
          receiver.accept(record);
        }
      }
    }
  }

  /** The record at an offset; empty if the topic has it no more. */
  Optional<ConsumerRecord<byte[], byte[]>> at(String topic, int partition, long offset) {
    TopicPartition at = new TopicPartition(topic, partition);
    List<TopicPartition> alone = List.of(at);
    consumer.assign(alone);
    if (offset < consumer.beginningOffsets(alone).getOrDefault(at, 0L)
        || offset >= consumer.endOffsets(alone).getOrDefault(at, 0L)) {
      return Optional.empty();
    }
    consumer.seek(at, offset);
    while (consumer.position(at) <= offset) {
      for (ConsumerRecord<byte[], byte[]> record : poll()) {
        return Optional.of(record).filter(found -> found.offset() == offset);
      }
    }
    return Optional.empty();
  }

  /**
   * The next records.
   *
   * @throws TimeoutException if the broker sends nothing for half a minute
   */
  private ConsumerRecords<byte[], byte[]> poll() {
    Map<TopicPartition, Long> before = positions();
    ConsumerRecords<byte[], byte[]> records = consumer.poll(PATIENCE);
    if (records.isEmpty() && positions().equals(before)) {
      throw new TimeoutException("no record came from " + before.keySet() + " within " + PATIENCE);
    }
    return records;
  }

  private Map<TopicPartition, Long> positions() {
    return consumer.assignment().stream()
        .collect(Collectors.toMap(Function.identity(), consumer::position));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
