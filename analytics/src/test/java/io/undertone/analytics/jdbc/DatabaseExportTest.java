package io.undertone.analytics.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.analytics.RecordedEvents;
import io.undertone.analytics.TopicRecords;
import io.undertone.analytics.jdbc.DatabaseExport.Report;
import io.undertone.analytics.topics.TopicReader;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Tables of a real server. The demo's five calls are in the topic. */
@Tag("postgresql")
@TestInstance(Lifecycle.PER_CLASS)
class DatabaseExportTest {
  private static final String ANGRY = "auto-repairs-49";
  private static final String CALM = "cold-house";

  private final List<EmotionEvent> recorded = RecordedEvents.read();
  private final EmbeddedKafka kafka = EmbeddedKafka.start();
  private final PostgresServer postgres = PostgresServer.start();
  private final TopicReader reader = new TopicReader(kafka.bootstrapServers(), Map.of());
  private final TopicRecords records = new TopicRecords(kafka.bootstrapServers());

  private String events = "";
  private String alerts = "";
  private String url = "";

  @BeforeEach
  void createTopicsAndDatabase() throws Exception {
    String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
    events = name + ".events";
    alerts = name + ".alerts";
    records.createTopics(List.of(events, alerts), 2);
    url = postgres.create(name);
  }

  @AfterAll
  void close() {
    reader.close();
    postgres.close();
    kafka.close();
  }

  @Test
  void rowsAreTheTopicsLastRecordsAndErasedCallsHaveNone() throws Exception {
    for (EmotionEvent event : recorded) {
      write(EmotionEvent.newBuilder(event).setEmotion("altered").build());
    }
    for (EmotionEvent event : recorded) {
      write(event);
    }
    write(alert(AlertState.FIRING), alert(AlertState.RESOLVED));

    assertThat(export()).isEqualTo(new Report(236, 2, 0));

    assertThat(query("SELECT count(*), count(DISTINCT conversation_id) FROM utterances"))
        .containsExactly("113 5");
    assertThat(query("SELECT count(*) FROM utterances WHERE emotion = 'altered'"))
        .containsExactly("0");
    assertThat(
            query(
                "SELECT attributes->>'queue', duration_millis, utterances, overall_emotion,"
                    + " jsonb_array_length(sentiment_by_quarter) FROM calls"
                    + " WHERE conversation_id = '"
                    + CALM
                    + "'"))
        .containsExactly("heating %d 8 neutral 4".formatted(durationOf(CALM)));
    assertThat(
            query(
                "SELECT state, rule, labels->>'severity', fired_at AT TIME ZONE 'UTC' FROM alerts"))
        .containsExactly("RESOLVED anger page \"quoted\" 2026-11-29 08:00:00");
    EmotionEvent first = recorded.get(0);
    assertThat(
            query(
                "SELECT confidence, (probabilities->>'angry')::real, extract(epoch FROM event_time)"
                    + " * 1000 = "
                    + first.getEventTimeMs()
                    + " FROM utterances WHERE event_id = '"
                    + first.getEventId()
                    + "'"))
        .containsExactly(
            "%s %s t".formatted(first.getConfidence(), first.getProbabilities().get("angry")));

    write(erasure(ANGRY));
    // What an unordered topic may still bring.
    write(alert(AlertState.FIRING), callEnd(ANGRY));

    assertThat(export()).isEqualTo(new Report(2, 1, 53));
    for (String table : List.of("utterances", "conversation_ends", "calls", "alerts")) {
      assertThat(
              query("SELECT count(*) FROM " + table + " WHERE conversation_id = '" + ANGRY + "'"))
          .as(table)
          .containsExactly("0");
    }
    assertThat(query("SELECT count(*) FROM calls")).containsExactly("4");
    assertThat(export()).as("nothing new").isEqualTo(new Report(0, 0, 0));
  }

  @Test
  void theLastEndOfACallIsTheOneInCalls() throws Exception {
    EmotionEvent end = callEnd(CALM);
    write(EmotionEvent.newBuilder(end).setEventId("early").setEndOffsetMillis(1).build(), end);
    export();

    assertThat(query("SELECT duration_millis FROM calls"))
        .containsExactly(String.valueOf(durationOf(CALM)));
    assertThat(query("SELECT count(*) FROM conversation_ends")).containsExactly("2");
  }

  @Test
  void aFailedTransactionLeavesNothingAndIsRepeated() throws Exception {
    write(callEnd(CALM), callEnd(ANGRY));
    export();
    execute("ALTER TABLE undertone_v1.utterances ADD CONSTRAINT none_yet CHECK (false) NOT VALID");
    for (EmotionEvent event : recorded) {
      write(event);
    }

    assertThatThrownBy(this::export)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("none_yet");

    assertThat(query("SELECT count(*) FROM conversation_ends")).containsExactly("2");
    execute("ALTER TABLE undertone_v1.utterances DROP CONSTRAINT none_yet");
    export();
    assertThat(query("SELECT count(*) FROM utterances")).containsExactly("113");
  }

  @Test
  void whoMayNotCreateTablesWritesThoseThatExist() throws Exception {
    export();
    execute("CREATE USER writer PASSWORD 'another'");
    execute("GRANT USAGE ON SCHEMA undertone_v1 TO writer");
    execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA undertone_v1 TO writer");
    write(callEnd(CALM));

    assertThat(export(Map.of("user", "writer", "password", "another")))
        .isEqualTo(new Report(1, 0, 0));
  }

  @Test
  void aSecondWriterIsRefused() throws Exception {
    try (DatabaseExport first = open(postgres.credentials())) {
      assertThatThrownBy(this::export)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("must have one writer of undertone_v1");
      assertThat(first.run()).isEqualTo(new Report(0, 0, 0));
    }
  }

  @Test
  void whatComesIsWrittenWhileItFollows() throws Exception {
    AtomicBoolean isStopped = new AtomicBoolean();
    try (DatabaseExport export = open(postgres.credentials())) {
      CompletableFuture<Report> following =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return export.follow(isStopped::get);
                } catch (SQLException | IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      write(callEnd(CALM));
      while (!query("SELECT count(*) FROM calls").equals(List.of("1"))) {
        assertThat(following).isNotDone();
      }
      isStopped.set(true);

      assertThat(following.get()).isEqualTo(new Report(1, 0, 0));
    }
  }

  @Test
  void aRecordThatIsNoEventIsNamed() throws Exception {
    records.write(events, CALM, List.of(ByteBuffer.wrap(new byte[] {1, 2, 3})));

    assertThatThrownBy(this::export)
        .isInstanceOf(IOException.class)
        .hasMessageMatching("the record at .*events-\\d@0 must be of a published schema.*");
  }

  private Report export() throws SQLException, IOException {
    return export(postgres.credentials());
  }

  private Report export(Map<String, String> credentials) throws SQLException, IOException {
    try (DatabaseExport export = open(credentials)) {
      return export.run();
    }
  }

  private DatabaseExport open(Map<String, String> credentials) throws SQLException {
    return DatabaseExport.open(reader, events, alerts, url, credentials, null);
  }

  private void write(EmotionEvent... values) throws Exception {
    for (EmotionEvent event : values) {
      records.write(events, event.getConversationId(), List.of(event.toByteBuffer()));
    }
  }

  private void write(Alert first, Alert second) throws Exception {
    records.write(alerts, ANGRY, List.of(first.toByteBuffer(), second.toByteBuffer()));
  }

  private void write(Alert alert, EmotionEvent event) throws Exception {
    records.write(alerts, ANGRY, List.of(alert.toByteBuffer()));
    write(event);
  }

  private EmotionEvent callEnd(String conversationId) {
    return recorded.stream()
        .filter(event -> event.getKind() == EventKind.CONVERSATION)
        .filter(event -> event.getConversationId().equals(conversationId))
        .findFirst()
        .orElseThrow();
  }

  private long durationOf(String conversationId) {
    return callEnd(conversationId).getEndOffsetMillis();
  }

  private EmotionEvent erasure(String conversationId) {
    return EmotionEvent.newBuilder(callEnd(conversationId))
        .setEventId("erasure")
        .setKind(EventKind.ERASED)
        .setConversation(null)
        .build();
  }

  private static Alert alert(AlertState state) {
    return Alert.newBuilder()
        .setAlertId("a-1")
        .setState(state)
        .setRule("anger")
        .setRuleVersion(1)
        .setTenant("local")
        .setConversationId(ANGRY)
        .setChannel(0)
        .setParticipantRole("CUSTOMER")
        .setEventTimeMs(1_795_939_200_000L)
        .setStartsAtMs(1_795_939_200_000L)
        .setFiredAtMs(1_795_939_200_000L)
        .setLabels(Map.of("severity", "page \"quoted\""))
        .build();
  }

  private List<String> query(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          values.add(result.getString(column));
        }
        rows.add(String.join(" ", values));
      }
    }
    return rows;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    Map<String, String> credentials = new HashMap<>(postgres.credentials());
    credentials.put("currentSchema", "undertone_v1");
    Properties properties = new Properties();
    properties.putAll(credentials);
    return DriverManager.getConnection(url, properties);
  }
}
