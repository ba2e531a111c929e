package io.undertone.local.chaos;

import io.undertone.jobs.options.Delivery;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * All events of a topic as they arrive, from its beginning; a thread of its own reads them, and
 * goes on when the broker was away.
 */
final class EventLog implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread reader = new Thread(this::read, "undertone-events");
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private volatile boolean closing;

  // Guarded by this.
  private final List<EmotionEvent> events = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final Set<String> endedCalls = new HashSet<>();
  private final List<Long> firstReadsMs = new ArrayList<>();

  private EventLog(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * Starts to read.
   *
   * @param delivery with exactly-once, only committed events are read
   */
  static EventLog open(String bootstrapServers, String topic, Delivery delivery) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                delivery == Delivery.EXACTLY_ONCE ? "read_committed" : "read_uncommitted"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    EventLog log = new EventLog(consumer);
    log.reader.start();
    return log;
  }

  /** All events so far, each call's in the order of the topic. */
  synchronized List<EmotionEvent> events() {
    return List.copyOf(events);
  }

  /** Ids of the calls whose summary has come. */
  synchronized Set<String> endedCalls() {
    return Set.copyOf(endedCalls);
  }

  /**
   * When the first event was read at this time or later that was not read before, in milliseconds
   * since 1970-01-01 UTC.
   */
  synchronized OptionalLong firstNewSince(long timeMs) {
    return firstReadsMs.stream().mapToLong(Long::longValue).filter(ms -> ms >= timeMs).findFirst();
  }

  /** Fails if events are no longer read. */
  void throwIfFailed() {
    if (failure.isCompletedExceptionally()) {
      failure.join();
    }
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (consumer) {
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          add(EmotionEvent.getDecoder().decode(record.value()));
        }
      }
    } catch (IOException e) {
      failure.completeExceptionally(new UncheckedIOException("an event is not Avro", e));
    } catch (RuntimeException e) {
      failure.completeExceptionally(e);
    }
  }

  private synchronized void add(EmotionEvent event) {
    events.add(event);
    if (ids.add(event.getEventId())) {
      firstReadsMs.add(System.currentTimeMillis());
    }
    if (event.getKind() == EventKind.CONVERSATION) {
      endedCalls.add(event.getConversationId());
    }
  }
}
