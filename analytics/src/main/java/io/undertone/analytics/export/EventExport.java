package io.undertone.analytics.export;

import io.undertone.analytics.export.TopicEvents.Call;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;

/**
 * Brings a folder of Parquet files up to date with the events topic. Events that the topic has no
 * more stay in the files; those of calls that were erased are deleted from them.
 */
public final class EventExport {

  private EventExport() {}

  /**
   * What an export did.
   *
   * @param events in all files
   * @param daysWritten files that were written or deleted
   * @param erasedEvents that were in files and are no more
   */
  public record Report(long events, int daysWritten, long erasedEvents) {}

  /**
   * Reads the topic as it is now, and rewrites the files of those days that change.
   *
   * @param clientProperties further properties of Kafka's client, such as credentials
   * @throws IOException if a file or an event cannot be read or written
   */
  public static Report run(
      String bootstrapServers, Map<String, String> clientProperties, String topic, Path directory)
      throws IOException {
    TopicEvents topicEvents = TopicEvents.read(bootstrapServers, clientProperties, topic);
    Map<LocalDate, List<GenericRecord>> newByDay = new HashMap<>();
    for (GenericRecord event : topicEvents.byId().values()) {
      if (!topicEvents.erased().contains(Call.of(event))) {
        newByDay.computeIfAbsent(day(event), day -> new ArrayList<>()).add(event);
      }
    }
    DayFiles files = new DayFiles(directory);
    Set<LocalDate> days = new TreeSet<>(files.days());
    days.addAll(newByDay.keySet());
    long events = 0;
    int written = 0;
    long erased = 0;
    for (LocalDate day : days) {
      List<GenericRecord> before = files.read(day);
      List<GenericRecord> after = new ArrayList<>(newByDay.getOrDefault(day, List.of()));
      for (GenericRecord event : before) {
        if (topicEvents.erased().contains(Call.of(event))) {
          erased++;
        } else if (!topicEvents.byId().containsKey(String.valueOf(event.get("eventId")))) {
          after.add(event);
        }
      }
      after.sort(Comparator.comparing(EventExport::timeAndId));
      before.sort(Comparator.comparing(EventExport::timeAndId));
      if (!after.equals(before)) {
        files.write(day, after);
        written++;
      }
      events += after.size();
    }
    return new Report(events, written, erased);
  }

  private static LocalDate day(GenericRecord event) {
    return LocalDate.ofInstant(
        Instant.ofEpochMilli((long) event.get("eventTimeMs")), ZoneOffset.UTC);
  }

  private static String timeAndId(GenericRecord event) {
    return "%020d %s".formatted((long) event.get("eventTimeMs"), event.get("eventId"));
  }
}
