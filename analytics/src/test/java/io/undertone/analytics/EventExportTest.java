package io.undertone.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.analytics.export.EventExport;
import io.undertone.analytics.export.EventExport.Report;
import io.undertone.analytics.topics.TopicReader;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet files as DuckDB reads them. */
class EventExportTest {
  private static final String ANGRY = "auto-repairs-49";
  private static final long A_DAY_MS = 24 * 3_600_000L;
  private static final List<EmotionEvent> RECORDED = RecordedEvents.read();

  @TempDir private Path directory;

  @Test
  void filesKeepWhatTheTopicHasNoMoreAndForgetErasedCalls() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      TopicRecords records = new TopicRecords(kafka.bootstrapServers());
      records.createTopics(List.of("first", "later"), 2);
      for (EmotionEvent event : RECORDED) {
        if (event.getConversationId().equals("lost-parcel")) {
          event.setEventTimeMs(event.getEventTimeMs() + A_DAY_MS);
        }
      }
      List<ByteBuffer> twice = new ArrayList<>();
      for (EmotionEvent event : RECORDED) {
        twice.add(EmotionEvent.newBuilder(event).setEmotion("altered").build().toByteBuffer());
      }
      for (EmotionEvent event : RECORDED) {
        twice.add(event.toByteBuffer());
      }
      records.write("first", "all", twice);
      records.write("later", ANGRY, List.of(erasure()));

      assertThat(export(kafka, "first")).isEqualTo(new Report(118, 2, 0));
      assertThat(query("SELECT conversationId, COUNT(*) FROM events GROUP BY 1 ORDER BY 1"))
          .containsExactly(
              "auto-repairs-40 39",
              "auto-repairs-49 52",
              "cancelled-trip 8",
              "cold-house 9",
              "lost-parcel 10");
      assertThat(query("SELECT COUNT(DISTINCT day), COUNT(*) FROM events WHERE emotion='altered'"))
          .containsExactly("0 0");
      assertThat(
              query(
                  "SELECT DISTINCT conversationId FROM events WHERE day > DATE '%s'"
                      .formatted(dayOf(RECORDED.get(0)))))
          .containsExactly("lost-parcel");
      List<EmotionEvent> calm =
          RECORDED.stream().filter(e -> e.getConversationId().equals("cold-house")).toList();
      double confidence =
          calm.stream()
              .filter(event -> event.getConfidence() != null)
              .mapToDouble(EmotionEvent::getConfidence)
              .average()
              .orElseThrow();
      int shifts = calm.get(calm.size() - 1).getConversation().getShifts();
      assertThat(
              query(
                  "SELECT attributes['queue'], ROUND(AVG(confidence), 4), MAX(conversation.shifts)"
                      + " FROM events WHERE conversationId = 'cold-house' GROUP BY 1"))
          .containsExactly("heating %.4f %d".formatted(confidence, shifts));
      assertThat(export(kafka, "first")).isEqualTo(new Report(118, 0, 0));

      assertThat(export(kafka, "later")).isEqualTo(new Report(66, 1, 52));
      assertThat(query("SELECT COUNT(*) FROM events")).containsExactly("66");
      assertThat(query("SELECT COUNT(*) FROM events WHERE conversationId = '" + ANGRY + "'"))
          .containsExactly("0");
    }
  }

  @Test
  void newEventsAreMergedIntoTheFileOfTheirDayWhileItFollows() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      TopicRecords records = new TopicRecords(kafka.bootstrapServers());
      records.createTopics(List.of("first"), 2);
      AtomicBoolean isStopped = new AtomicBoolean();
      try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), Map.of())) {
        EventExport export = EventExport.open(reader, "first", directory, null);
        CompletableFuture<Report> following =
            CompletableFuture.supplyAsync(() -> follow(export, isStopped));
        int written = 0;
        for (EmotionEvent event : ofFirstCall(5)) {
          records.write("first", event.getConversationId(), List.of(event.toByteBuffer()));
          written++;
          while (events() < written) {
            assertThat(following).isNotDone();
          }
        }
        isStopped.set(true);

        assertThat(following.get()).isEqualTo(new Report(5, 5, 0));
      }
      try (Stream<Path> files = Files.walk(directory)) {
        assertThat(files.filter(file -> file.toString().endsWith(".parquet"))).hasSize(1);
      }
      // Whoever goes on begins where the last one ended.
      assertThat(export(kafka, "first")).isEqualTo(new Report(5, 0, 0));
    }
  }

  @Test
  void aCallThatIsSentAgainLeavesTheDayOfItsFirstTime() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      TopicRecords records = new TopicRecords(kafka.bootstrapServers());
      records.createTopics(List.of("first"), 1);
      EmotionEvent event = RECORDED.get(0);
      records.write("first", "call", List.of(event.toByteBuffer()));
      assertThat(export(kafka, "first")).isEqualTo(new Report(1, 1, 0));

      EmotionEvent later =
          EmotionEvent.newBuilder(event).setEventTimeMs(event.getEventTimeMs() + A_DAY_MS).build();
      records.write("first", "call", List.of(later.toByteBuffer()));

      assertThat(export(kafka, "first")).isEqualTo(new Report(1, 2, 0));
      assertThat(query("SELECT COUNT(*), MIN(day) FROM events"))
          .containsExactly("1 " + dayOf(later));
    }
  }

  private static LocalDate dayOf(EmotionEvent event) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(event.getEventTimeMs()), ZoneOffset.UTC);
  }

  private static Report follow(EventExport export, AtomicBoolean isStopped) {
    try {
      return export.follow(Duration.ofMillis(50), isStopped::get);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<EmotionEvent> ofFirstCall(int count) {
    String call = RECORDED.get(0).getConversationId();
    return RECORDED.stream()
        .filter(event -> event.getConversationId().equals(call))
        .limit(count)
        .toList();
  }

  /** The number of events in the file of the first one's day; there may be none yet. */
  private long events() throws SQLException {
    LocalDate day = dayOf(RECORDED.get(0));
    boolean exists = Files.exists(directory.resolve("day=" + day).resolve("events.parquet"));
    return exists ? Long.parseLong(query("SELECT COUNT(*) FROM events").get(0)) : 0;
  }

  private Report export(EmbeddedKafka kafka, String topic) throws IOException {
    try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), Map.of())) {
      return EventExport.open(reader, topic, directory, null).run();
    }
  }

  private List<String> query(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "CREATE VIEW events AS SELECT * FROM read_parquet('" + directory + "/*/*.parquet')");
      try (ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          List<String> values = new ArrayList<>();
          for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            values.add(result.getString(column));
          }
          rows.add(String.join(" ", values));
        }
      }
    }
    return rows;
  }

  private static ByteBuffer erasure() throws IOException {
    return EmotionEvent.newBuilder(RECORDED.get(0))
        .setEventId("erasure")
        .setConversationId(ANGRY)
        .setKind(EventKind.ERASED)
        .setEmotion(null)
        .setConversation(null)
        .build()
        .toByteBuffer();
  }
}
