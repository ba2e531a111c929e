package io.undertone.analytics.export;

import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.PublishedSchemas;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The events that a topic has now.
 *
 * @param byId events by their id: of repeated ones the last; none of kind ERASED
 * @param erased calls that were erased
 */
record TopicEvents(Map<String, GenericRecord> byId, Set<Call> erased) {
  private static final Duration POLL = Duration.ofSeconds(1);

  /**
   * Reads a topic from its beginning to its present end.
   *
   * @throws IOException if a record is no event of a published schema
   */
  static TopicEvents read(String bootstrapServers, Map<String, String> properties, String topic)
      throws IOException {
    Map<String, Object> config = new HashMap<>(properties);
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    TopicEvents events = new TopicEvents(new HashMap<>(), new HashSet<>());
    BinaryMessageDecoder<GenericRecord> decoder =
        new BinaryMessageDecoder<>(
            GenericData.get(),
            EmotionEvent.getClassSchema(),
            PublishedSchemas.store(EmotionEvent.getClassSchema()));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          events.add(decoder.decode(record.value()));
        }
      }
    }
    return events;
  }

  private void add(GenericRecord event) {
    if (String.valueOf(event.get("kind")).equals("ERASED")) {
      erased.add(Call.of(event));
    } else {
      byId.put(String.valueOf(event.get("eventId")), event);
    }
  }

  /** A call by its names. */
  record Call(String tenant, String conversationId) {

    static Call of(GenericRecord event) {
      return new Call(
          String.valueOf(event.get("tenant")), String.valueOf(event.get("conversationId")));
    }
  }
}
