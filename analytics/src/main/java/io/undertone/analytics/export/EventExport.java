package io.undertone.analytics.export;

import io.undertone.analytics.topics.Call;
import io.undertone.analytics.topics.RecordValues;
import io.undertone.analytics.topics.TopicReader;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.registry.SchemaRegistry;
import io.undertone.schemas.registry.ValueDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.MessageDecoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Brings a folder of Parquet files up to date with the events topic. Events that the topic has no
 * more stay in the files; those of calls that were erased are deleted from them. New events are
 * merged into the file of their day, so that no small files remain.
 */
public final class EventExport {
  private static final Duration POLL = Duration.ofMillis(500);

  /** Events that are kept in memory before they are merged into files. */
  private static final int MOST_EVENTS = 100_000;

  private final TopicReader reader;
  private final DayFiles files;
  private final OffsetFile offsets;
  private final MessageDecoder<GenericRecord> decoder;

  private final Map<String, GenericRecord> pending = new HashMap<>();

  /** All of this run: where the number of partitions has changed, their events may come later. */
  private final Set<Call> erased = new HashSet<>();

  private final Set<Call> newlyErased = new HashSet<>();
  private int filesWritten;
  private long erasedEvents;

  private EventExport(
      TopicReader reader,
      MessageDecoder<GenericRecord> decoder,
      DayFiles files,
      OffsetFile offsets) {
    this.reader = reader;
    this.decoder = decoder;
    this.files = files;
    this.offsets = offsets;
  }

  /**
   * What an export did.
   *
   * @param events in all files
   * @param filesWritten files that were written or deleted
   * @param erasedEvents that were in files and are no more
   */
  public record Report(long events, int filesWritten, long erasedEvents) {}

  /**
   * Starts where the last export into the folder ended.
   *
   * @param registry of schemas; null if no event is in Confluent's wire format
   * @throws IOException if the folder cannot be read
   */
  public static EventExport open(
      TopicReader reader, String topic, Path directory, @Nullable SchemaRegistry registry)
      throws IOException {
    OffsetFile offsets = new OffsetFile(directory);
    reader.start(List.of(topic), offsets.read());
    Schema schema = EmotionEvent.getClassSchema();
    return new EventExport(
        reader, ValueDecoder.generic(schema, schema, registry), new DayFiles(directory), offsets);
  }

  /**
   * Writes what the topic has now.
   *
   * @throws IOException if a file or an event cannot be read or written
   */
  public Report run() throws IOException {
    Map<TopicPartition, Long> ends = reader.ends();
    while (!reader.hasReached(ends)) {
      take(reader.next());
    }
    merge();
    // These, and not how far it has read: at one time, an event is in the topic if it was erased.
    offsets.write(ends);
    return new Report(files.events(), filesWritten, erasedEvents);
  }

  /**
   * Writes what the topic has, and what comes, until it is stopped.
   *
   * @param interval between two rewrites of the day's file
   */
  public Report follow(Duration interval, BooleanSupplier isStopped) throws IOException {
    Report report = run();
    while (!isStopped.getAsBoolean()) {
      long due = System.nanoTime() + interval.toNanos();
      while (!isStopped.getAsBoolean() && System.nanoTime() < due) {
        take(reader.poll(POLL));
      }
      report = run();
    }
    return report;
  }

  private void take(ConsumerRecords<byte[], byte[]> records) throws IOException {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      GenericRecord event = RecordValues.decode(decoder, record);
      if (String.valueOf(event.get("kind")).equals("ERASED")) {
        newlyErased.add(DayFiles.call(event));
      } else {
        pending.put(DayFiles.id(event), event);
      }
    }
    if (pending.size() >= MOST_EVENTS) {
      merge();
    }
  }

  private void merge() throws IOException {
    erased.addAll(newlyErased);
    pending.values().removeIf(event -> erased.contains(DayFiles.call(event)));
    DayFiles.Merged merged = files.merge(pending, newlyErased);
    filesWritten += merged.filesWritten();
    erasedEvents += merged.erasedEvents();
    pending.clear();
    newlyErased.clear();
  }
}
