package io.undertone.cli.demo;

import io.undertone.jobs.options.TopicNames;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the events topic from its start, each revision of an event once, and counts the records of
 * others.
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
    List<TopicPartition> partitions = partitions(TopicNames.DEFAULT.events());
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * The next events; waits a while for the first. Drops copies, since delivery is at least once.
   */
  List<EmotionEvent> poll(Duration atMost) {
    List<EmotionEvent> events = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> message : consumer.poll(atMost)) {
      EmotionEvent event = decode(message);
      if (seen.add(event.getEventId() + ' ' + event.getRevision())) {
        events.add(event);
      }
    }
    return events;
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

  private static EmotionEvent decode(ConsumerRecord<byte[], byte[]> message) {
    try {
      return EmotionEvent.getDecoder().decode(message.value());
    } catch (IOException e) {
      throw new UncheckedIOException("an event must be readable, but is not", e);
    }
  }
}
