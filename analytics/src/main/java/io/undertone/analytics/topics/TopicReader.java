package io.undertone.analytics.topics;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads committed records of topics: from their beginning or from given offsets on, to their
 * present end or on and on. It commits no offsets, and reads all partitions, also those that are
 * added meanwhile.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private Set<String> topics = Set.of();

  /**
   * Connects to a broker.
   *
   * @param clientProperties further properties of Kafka's client, such as credentials
   */
  public TopicReader(String bootstrapServers, Map<String, String> clientProperties) {
    Map<String, Object> config = new HashMap<>(clientProperties);
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Of a partition whose records were deleted meanwhile, those that it still has.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Starts at offsets, and at the beginning of partitions without one.
   *
   * @param names of the topics, which must exist
   */
  public void start(Collection<String> names, Map<TopicPartition, Long> offsets) {
    topics = Set.copyOf(names);
    consumer.assign(List.of());
    assignNew();
    offsets.forEach(
        (partition, offset) -> {
          if (consumer.assignment().contains(partition)) {
            consumer.seek(partition, offset);
          }
        });
  }

  /** Starts behind the last record that each partition has now. */
  public void startAtEnd(Collection<String> names) {
    start(names, Map.of());
    ends().forEach(consumer::seek);
  }

  /** The offsets behind the last records that the partitions have now. */
  public Map<TopicPartition, Long> ends() {
    return consumer.endOffsets(consumer.assignment());
  }

  /** The offsets of the records that come next. */
  public Map<TopicPartition, Long> positions() {
    return consumer.assignment().stream()
        .collect(Collectors.toMap(partition -> partition, consumer::position));
  }

  /** Whether all records before these offsets have come. */
  public boolean hasReached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** The records that come within a time; returns with the first ones. */
  public ConsumerRecords<byte[], byte[]> poll(Duration atMost) {
    assignNew();
    return consumer.poll(atMost);
  }

  /**
   * The next records; some must be there already.
   *
   * @throws TimeoutException if the broker sends nothing for half a minute
   */
  public ConsumerRecords<byte[], byte[]> next() {
    Map<TopicPartition, Long> before = positions();
    ConsumerRecords<byte[], byte[]> records = consumer.poll(PATIENCE);
    if (records.isEmpty() && positions().equals(before)) {
      throw new TimeoutException("no record came from " + before.keySet() + " within " + PATIENCE);
    }
    return records;
  }

  /** Every record that a topic has now; records that come meanwhile are left out. */
  public void readAll(String topic, Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
    start(List.of(topic), Map.of());
    Map<TopicPartition, Long> ends = ends();
    while (!hasReached(ends)) {
      for (ConsumerRecord<byte[], byte[]> record : next()) {
        TopicPartition partition = new TopicPartition(topic, record.partition());
        if (record.offset() < ends.getOrDefault(partition, 0L)) {
          receiver.accept(record);
        }
      }
    }
  }

  /** The record at an offset; empty if the topic has it no more. */
  public Optional<ConsumerRecord<byte[], byte[]>> at(String topic, int partition, long offset) {
    TopicPartition at = new TopicPartition(topic, partition);
    List<TopicPartition> alone = List.of(at);
    consumer.assign(alone);
    if (offset < consumer.beginningOffsets(alone).getOrDefault(at, 0L)
        || offset >= consumer.endOffsets(alone).getOrDefault(at, 0L)) {
      return Optional.empty();
    }
    consumer.seek(at, offset);
    while (consumer.position(at) <= offset) {
      for (ConsumerRecord<byte[], byte[]> record : next()) {
        return Optional.of(record).filter(found -> found.offset() == offset);
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    consumer.close();
  }

  /** The client knows the partitions, and asks the broker for them every few minutes. */
  private void assignNew() {
    List<TopicPartition> all =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    List<TopicPartition> added =
        all.stream().filter(partition -> !consumer.assignment().contains(partition)).toList();
    if (!added.isEmpty()) {
      consumer.assign(all);
      consumer.seekToBeginning(added);
    }
  }
}
