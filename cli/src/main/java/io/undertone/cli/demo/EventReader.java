package io.undertone.cli.demo;

import io.undertone.jobs.options.TopicNames;
import io.undertone.schemas.Alert;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the topics of events and alerts from their start, each revision of a record once, and
 * counts the records of others.
 */
final class EventReader implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<String> seen = new HashSet<>();

  EventReader(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>(partitions(TopicNames.DEFAULT.events()));
    partitions.addAll(partitions(TopicNames.DEFAULT.alerts()));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** What came, each in its order. */
  record Batch(List<EmotionEvent> events, List<Alert> alerts) {
    boolean isEmpty() {
      return events.isEmpty() && alerts.isEmpty();
    }
  }

  /**
   * The next events and alerts; waits a while for the first. Drops copies, since delivery is at
   * least once.
   */
  Batch poll(Duration atMost) {
    Batch batch = new Batch(new ArrayList<>(), new ArrayList<>());
    for (ConsumerRecord<byte[], byte[]> message : consumer.poll(atMost)) {
      if (message.topic().equals(TopicNames.DEFAULT.alerts())) {
        Alert alert = decode(message, Alert.getDecoder());
        if (seen.add(alert.getAlertId() + ' ' + alert.getState() + ' ' + alert.getRevision())) {
          batch.alerts().add(alert);
        }
      } else {
        EmotionEvent event = decode(message, EmotionEvent.getDecoder());
        if (seen.add(event.getEventId() + ' ' + event.getRevision())) {
          batch.events().add(event);
        }
      }
    }
    return batch;
  }

  /** The number of records that were written to a topic. */
  long recordsIn(String topic) {
    return consumer.endOffsets(partitions(topic)).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  @Override
  public void close() {
    consumer.close();
  }

  private List<TopicPartition> partitions(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private static <T> T decode(
      ConsumerRecord<byte[], byte[]> message, BinaryMessageDecoder<T> decoder) {
    try {
      return decoder.decode(message.value());
    } catch (IOException e) {
      throw new UncheckedIOException("a record of " + message.topic() + " must be readable", e);
    }
  }
}
