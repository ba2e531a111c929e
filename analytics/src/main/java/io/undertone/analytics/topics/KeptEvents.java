package io.undertone.analytics.topics;

import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.avro.message.MessageDecoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Passes events on, but of a call that is known to be erased the notice alone: the event of kind
 * ERASED.
 */
public final class KeptEvents {
  private static final Duration POLL = Duration.ofMillis(500);

  /** Where it begins to read. */
  public enum Start {
    BEGINNING,
    NOW
  }

  private final TopicReader reader;
  private final String topic;
  private final MessageDecoder<EmotionEvent> decoder;
  private final Consumer<List<EmotionEvent>> receiver;
  private final Set<Call> erased = new HashSet<>();

  /**
   * Events of a topic, which must exist.
   *
   * @param receiver takes events in the order of their partitions
   */
  public KeptEvents(
      TopicReader reader,
      String topic,
      MessageDecoder<EmotionEvent> decoder,
      Consumer<List<EmotionEvent>> receiver) {
    this.reader = reader;
    this.topic = topic;
    this.decoder = decoder;
    this.receiver = receiver;
  }

  /**
   * Passes on what the topic has now.
   *
   * @throws IOException if a record is no event of a published schema
   */
  public void readAll() throws IOException {
    start(Start.BEGINNING);
    Map<TopicPartition, Long> ends = reader.ends();
    while (!reader.hasReached(ends)) {
      pass(reader.next());
    }
  }

  /** Goes to the start. A call's events lie before its erasure, so it reads the topic twice. */
  public void start(Start start) throws IOException {
    if (start == Start.NOW) {
      reader.startAtEnd(List.of(topic));
      return;
    }
    reader.start(List.of(topic), Map.of());
    Map<TopicPartition, Long> ends = reader.ends();
    while (!reader.hasReached(ends)) {
      for (ConsumerRecord<byte[], byte[]> record : reader.next()) {
        note(RecordValues.decode(decoder, record));
      }
    }
    reader.start(List.of(topic), Map.of());
  }

  /** Passes on what comes until it is stopped. */
  public void follow(BooleanSupplier isStopped) throws IOException {
    while (!isStopped.getAsBoolean()) {
      pass(reader.poll(POLL));
    }
  }

  private void pass(ConsumerRecords<byte[], byte[]> records) throws IOException {
    List<EmotionEvent> events = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      EmotionEvent event = RecordValues.decode(decoder, record);
      note(event);
      if (event.getKind() == EventKind.ERASED || !erased.contains(call(event))) {
        events.add(event);
      }
    }
    receiver.accept(events);
  }

  private void note(EmotionEvent event) {
    if (event.getKind() == EventKind.ERASED) {
      erased.add(call(event));
    }
  }

  private static Call call(EmotionEvent event) {
    return new Call(event.getTenant(), event.getConversationId());
  }
}
