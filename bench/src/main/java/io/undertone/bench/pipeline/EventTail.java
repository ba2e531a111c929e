package io.undertone.bench.pipeline;

import io.undertone.jobs.options.TopicNames;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads events that arrive after it was opened, with the broker's timestamp of each. */
final class EventTail implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * Few large fetches keep the observer cheap; they do not delay arrival times, which are the
   * broker's.
   */
  private static final int FETCH_BYTES = 1 << 20;

  private static final int FETCH_WAIT_MS = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private long lastArrivalNanos = System.nanoTime();

  /**
   * An event in its topic.
   *
   * @param arrivalMs the broker's clock, milliseconds since 1970-01-01 UTC
   */
  record Arrived(EmotionEvent event, long arrivalMs) {}

  EventTail(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                FETCH_BYTES,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                FETCH_WAIT_MS),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(TopicNames.DEFAULT.events()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // A seek is lazy: position() performs it.
    partitions.forEach(consumer::position);
  }

  /**
   * The events since the last poll; waits briefly for the first.
   *
   * @throws BenchFailedException if no event arrives for five minutes
   */
  List<Arrived> poll() throws BenchFailedException {
    List<Arrived> arrived = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
      try {
        arrived.add(
            new Arrived(EmotionEvent.getDecoder().decode(message.value()), message.timestamp()));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot decode an event", e);
      }
    }
    if (!arrived.isEmpty()) {
      lastArrivalNanos = System.nanoTime();
    } else if (System.nanoTime() - lastArrivalNanos > PATIENCE.toNanos()) {
      throw new BenchFailedException("no event arrived for " + PATIENCE.toMinutes() + " minutes");
    }
    return arrived;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
