package io.undertone.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.Sentiment;
import io.undertone.schemas.SentimentByPeriod;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The demo's five calls are in the topic, the events of each written twice: first altered, then as
 * they are. A sixth call, which was very angry, was erased.
 */
class SqlSessionTest {
  private static final String EVENTS = "events";
  private static final String ALERTS = "alerts";
  private static final String LETTERS = "letters";
  private static final String ERASED = "erased-call";
  private static final String ANGRY = "auto-repairs-49";

  private static final List<EmotionEvent> RECORDED = RecordedEvents.read();
  private static EmbeddedKafka kafka = EmbeddedKafka.start();

  @BeforeAll
  static void fillTopics() throws ExecutionException, InterruptedException, IOException {
    TopicRecords records = new TopicRecords(kafka.bootstrapServers());
    records.createTopics(List.of(EVENTS, ALERTS, LETTERS), 2);
    for (List<EmotionEvent> call : byCall().values()) {
      List<ByteBuffer> values = new ArrayList<>();
      for (EmotionEvent event : call) {
        values.add(altered(event).toByteBuffer());
      }
      for (EmotionEvent event : call) {
        values.add(event.toByteBuffer());
      }
      records.write(EVENTS, call.get(0).getConversationId(), values);
    }
    records.write(EVENTS, ERASED, erasedCall());
    records.write(
        ALERTS,
        ANGRY,
        List.of(
            alert("a", ANGRY, AlertState.PENDING).build().toByteBuffer(),
            alert("a", ANGRY, AlertState.FIRING).setFiredAtMs(4_000L).build().toByteBuffer(),
            alert("a", ANGRY, AlertState.RESOLVED)
                .setFiredAtMs(4_000L)
                .setEndsAtMs(34_000L)
                .build()
                .toByteBuffer(),
            alert("b", ANGRY, AlertState.FIRING).setFiredAtMs(50_000L).build().toByteBuffer()));
    records.write(
        ALERTS, ERASED, List.of(alert("c", ERASED, AlertState.FIRING).build().toByteBuffer()));
    records.write(LETTERS, ANGRY, List.of(letter(ANGRY, "bad"), letter(ERASED, "secret")));
  }

  @AfterAll
  static void close() {
    kafka.close();
  }

  static List<String> queries() {
    return NamedQuery.all(AgentData.INCLUDED).stream().map(NamedQuery::name).toList();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void eachQueryHasRowsAndNoneOfAnErasedCall(String name) throws Exception {
    NamedQuery query = NamedQuery.of(name, AgentData.INCLUDED);
    List<Row> rows = rows(query.sql());

    assertThat(rows).isNotEmpty();
    assertThat(rows.toString()).doesNotContain(ERASED).doesNotContain("secret");
    assertThat(query.summary()).isNotBlank();
  }

  @Test
  void eachViewLeavesErasedCallsOut() throws Exception {
    Set<String> views = session(AgentData.INCLUDED).views().keySet();
    String callsOfAll =
        views.stream()
            .map(view -> "SELECT '%s' AS v, conversationId FROM %s".formatted(view, view))
            .collect(Collectors.joining(" UNION "));

    List<Row> rows = rows(callsOfAll);

    assertThat(views).hasSize(5).allSatisfy(view -> assertThat(rows).contains(Row.of(view, ANGRY)));
    assertThat(rows).extracting(row -> row.getField(1)).doesNotContain(ERASED);
  }

  @Test
  void repeatedEventsCountOnceAndTheLastIsRight() throws Exception {
    assertThat(rows("SELECT COUNT(*), COUNT(DISTINCT eventId), MIN(confidence) FROM utterances"))
        .containsExactly(Row.of(113L, 113L, lowestConfidence()));
    assertThat(rows("SELECT COUNT(*), SUM(utterances) FROM calls"))
        .containsExactly(Row.of(5L, 113));
  }

  @Test
  void negativeSpeechOfQueuesIsThatOfTheirUtterances() throws Exception {
    List<Row> rows = query("negative-by-queue");

    Map<String, List<EmotionEvent>> queues =
        utterances().stream()
            .collect(
                Collectors.groupingBy(
                    event -> event.getAttributes().get("queue"),
                    TreeMap::new,
                    Collectors.toList()));
    assertThat(rows).hasSameSizeAs(queues.keySet());
    queues.forEach(
        (queue, events) -> {
          Row row = row(rows, "queue", queue);
          assertThat(row.<Long>getFieldAs("calls"))
              .isEqualTo(events.stream().map(EmotionEvent::getConversationId).distinct().count());
          assertThat(row.<Long>getFieldAs("utterances")).isEqualTo(events.size());
          assertThat(row.<Double>getFieldAs("negativeShare"))
              .isCloseTo(negativeShare(events), within(0.0006));
        });
    assertThat(rows.get(0).<Double>getFieldAs("negativeShare")).isPositive();
  }

  @Test
  void worstQueuesAreSplitByHour() throws Exception {
    List<Row> rows = query("worst-queues");

    Map<List<Object>, List<EmotionEvent>> groups =
        utterances().stream()
            .collect(
                Collectors.groupingBy(
                    event ->
                        List.of(
                            Instant.ofEpochMilli(event.getEventTimeMs())
                                .truncatedTo(ChronoUnit.HOURS),
                            event.getAttributes().get("queue"))));
    assertThat(rows)
        .extracting(row -> List.of(row.getField("hour"), row.getField("queue")))
        .containsExactlyInAnyOrderElementsOf(groups.keySet());
    for (Row row : rows) {
      List<EmotionEvent> events =
          groups.getOrDefault(List.of(row.getField("hour"), row.getField("queue")), List.of());
      assertThat(row.<Double>getFieldAs("negativeShare"))
          .isCloseTo(negativeShare(events), within(0.0006));
    }
  }

  @Test
  void recoveryIsTimeFromTheFirstAngryUtteranceToTheNextBetterOne() throws Exception {
    List<Long> episodesMs = new ArrayList<>();
    int unrecovered = 0;
    for (List<EmotionEvent> call : byCall().values()) {
      long angrySinceMs = -1;
      for (EmotionEvent event : call) {
        if (event.getKind() != EventKind.UTTERANCE) {
          continue;
        }
        if ("angry".equals(event.getEmotion()) && angrySinceMs < 0) {
          angrySinceMs = event.getBeginOffsetMillis();
        } else if (angrySinceMs >= 0 && event.getSentiment() != Sentiment.NEGATIVE) {
          episodesMs.add(event.getBeginOffsetMillis() - angrySinceMs);
          angrySinceMs = -1;
        }
      }
      unrecovered += angrySinceMs < 0 ? 0 : 1;
    }
    assertThat(episodesMs).as("the demo has episodes of anger").hasSizeGreaterThan(2);
    double meanSeconds =
        episodesMs.stream().mapToLong(Long::longValue).average().orElseThrow() / 1000;

    List<Row> rows = query("recovery-from-anger");

    assertThat(rows).hasSize(1);
    Row garage = rows.get(0);
    assertThat(garage.getField("queue")).isEqualTo("garage");
    assertThat(garage.<Long>getFieldAs("episodes")).isEqualTo(episodesMs.size() + unrecovered);
    assertThat(garage.<Long>getFieldAs("recovered")).isEqualTo(episodesMs.size());
    assertThat(garage.<Double>getFieldAs("meanSeconds")).isCloseTo(meanSeconds, within(0.06));
  }

  @Test
  void theLongestAngerOfACallIsOneRunOfAngryUtterances() throws Exception {
    long longestMs = 0;
    long beginMs = -1;
    for (EmotionEvent event : angryCall()) {
      boolean angry = event.getKind() == EventKind.UTTERANCE && "angry".equals(event.getEmotion());
      beginMs = angry ? (beginMs < 0 ? event.getBeginOffsetMillis() : beginMs) : -1;
      longestMs = angry ? Math.max(longestMs, event.getEndOffsetMillis() - beginMs) : longestMs;
    }

    List<Row> rows = query("longest-anger");

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getField("conversationId")).isEqualTo(ANGRY);
    assertThat(((Number) rows.get(0).getField("seconds")).doubleValue())
        .isCloseTo(longestMs / 1000.0, within(0.06));
    assertThat(longestMs).isGreaterThan(5_000);
  }

  @Test
  void callsThatTurnedBeganWellAndEndedNegative() throws Exception {
    Map<String, Double> turned = new TreeMap<>();
    byCall()
        .forEach(
            (call, events) -> {
              ConversationCharacteristics summary = events.get(events.size() - 1).getConversation();
              List<SentimentByPeriod> quarters = summary.getSentimentByQuarter();
              SentimentByPeriod last = quarters.get(quarters.size() - 1);
              if (quarters.get(0).getSentiment() != Sentiment.NEGATIVE
                  && last.getSentiment() == Sentiment.NEGATIVE) {
                turned.put(call, Math.round(last.getScore() * 100) / 100.0);
              }
            });

    assertThat(turned).containsOnlyKeys(ANGRY);
    assertThat(query("calls-that-turned"))
        .extracting(row -> row.getField("conversationId"), row -> row.getField("endedScore"))
        .containsExactly(tuple(ANGRY, turned.get(ANGRY)));
  }

  @Test
  void alertsCountInTheirLastState() throws Exception {
    assertThat(query("alerts-by-rule"))
        .containsExactly(Row.of("local", "sustained-anger", 2L, 2L, 1L, 1L, 30.0));
  }

  @Test
  void topicsThemselvesAreHidden() {
    assertThatThrownBy(() -> rows("SELECT * FROM emotion_events"))
        .isInstanceOf(BadQueryException.class)
        .hasMessageContaining("'emotion_events' not found");
    assertThatThrownBy(() -> rows("SELECT * FROM all_events"))
        .isInstanceOf(BadQueryException.class);
  }

  @Test
  void agentsAreHiddenUnlessIncluded() {
    SqlSession session = session(AgentData.LEFT_OUT);

    assertThat(session.views()).doesNotContainKey("agents");
    assertThat(session.views().values())
        .allSatisfy(columns -> assertThat(columns).doesNotContain("agent", "attributes"));
    assertThatThrownBy(() -> NamedQuery.of("agents-by-negative-share", AgentData.LEFT_OUT))
        .isInstanceOf(BadQueryException.class)
        .hasMessageContaining("is 'agents-by-negative-share'");
  }

  @Test
  void whatIsWrongInAQueryIsNamed() {
    assertThatThrownBy(() -> rows("SELECT mood FROM calls"))
        .isInstanceOf(BadQueryException.class)
        .hasMessageContaining("Column 'mood' not found")
        .hasMessageContaining("line 1, column 8")
        .message()
        .doesNotContain("\n");
    assertThatThrownBy(() -> rows("SELECT * FORM calls"))
        .isInstanceOf(BadQueryException.class)
        .hasMessageContaining("Encountered \"calls\" at line 1, column 15");
    assertThatThrownBy(() -> rows("DROP VIEW calls")).isInstanceOf(BadQueryException.class);
  }

  @Test
  void aMissingTopicIsNamed() {
    TopicSource nowhere =
        new TopicSource(kafka.bootstrapServers(), Map.of(), EVENTS, "nowhere", LETTERS, null);
    SqlSession session =
        SqlSession.open(nowhere, ReadRange.UNTIL_NOW, AgentData.LEFT_OUT, ZoneOffset.UTC);

    assertThatThrownBy(() -> rows(session, "SELECT * FROM alerts"))
        .isInstanceOf(QueryFailedException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void aQuerySaysWhichTopicsItReads() throws Exception {
    SqlSession session = session(AgentData.LEFT_OUT);

    assertThat(session.topics("SELECT * FROM calls")).containsExactly(EVENTS);
    assertThat(session.topics("SELECT * FROM alerts")).containsExactly(ALERTS, EVENTS);
    assertThat(session.topics("SELECT * FROM dead_letters;")).containsExactly(EVENTS, LETTERS);
  }

  @Test
  void aQueryThatFollowsCorrectsItself() throws Exception {
    SqlSession session =
        SqlSession.open(source(), ReadRange.FOLLOWING, AgentData.LEFT_OUT, ZoneOffset.UTC);

    try (QueryResult result = session.query("SELECT COUNT(*) FROM utterances")) {
      Row latest = Row.of(0L);
      while (!Row.ofKind(RowKind.UPDATE_AFTER, 113L).equals(latest)) {
        assertThat(result.hasNext()).isTrue();
        latest = result.next();
      }
    }
  }

  private static List<Row> query(String name) throws Exception {
    return rows(NamedQuery.of(name, AgentData.LEFT_OUT).sql());
  }

  private static List<Row> rows(String sql) throws Exception {
    return rows(session(AgentData.INCLUDED), sql);
  }

  private static List<Row> rows(SqlSession session, String sql) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (QueryResult result = session.query(sql)) {
      while (result.hasNext()) {
        rows.add(result.next());
      }
    }
    return rows;
  }

  private static SqlSession session(AgentData agents) {
    return SqlSession.open(source(), ReadRange.UNTIL_NOW, agents, ZoneOffset.UTC);
  }

  private static TopicSource source() {
    return new TopicSource(kafka.bootstrapServers(), Map.of(), EVENTS, ALERTS, LETTERS, null);
  }

  private static Row row(List<Row> rows, String column, Object value) {
    return rows.stream().filter(row -> value.equals(row.getField(column))).findAny().orElseThrow();
  }

  private static double negativeShare(List<EmotionEvent> events) {
    double negativeMs = 0;
    double allMs = 0;
    for (EmotionEvent event : events) {
      long ms = event.getEndOffsetMillis() - event.getBeginOffsetMillis();
      allMs += ms;
      negativeMs += event.getSentiment() == Sentiment.NEGATIVE ? ms : 0;
    }
    return negativeMs / allMs;
  }

  private static float lowestConfidence() {
    return utterances().stream()
        .map(EmotionEvent::getConfidence)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static List<EmotionEvent> utterances() {
    return RECORDED.stream().filter(event -> event.getKind() == EventKind.UTTERANCE).toList();
  }

  private static Map<String, List<EmotionEvent>> byCall() {
    return RECORDED.stream()
        .collect(
            Collectors.groupingBy(
                EmotionEvent::getConversationId, TreeMap::new, Collectors.toList()));
  }

  private static List<EmotionEvent> angryCall() {
    return byCall().getOrDefault(ANGRY, List.of());
  }

  /** With the same id, and another content. */
  private static EmotionEvent altered(EmotionEvent event) {
    return EmotionEvent.newBuilder(event)
        .setEmotion("angry")
        .setSentiment(Sentiment.NEGATIVE)
        .setConfidence(0.1f)
        .build();
  }

  private static List<ByteBuffer> erasedCall() throws IOException {
    List<ByteBuffer> values = new ArrayList<>();
    for (EmotionEvent event : angryCall()) {
      values.add(
          EmotionEvent.newBuilder(altered(event))
              .setEventId("erased-" + event.getEventId())
              .setConversationId(ERASED)
              .build()
              .toByteBuffer());
    }
    EmotionEvent last = RECORDED.get(RECORDED.size() - 1);
    values.add(
        EmotionEvent.newBuilder(last)
            .setEventId("erasure")
            .setConversationId(ERASED)
            .setKind(EventKind.ERASED)
            .setEmotion(null)
            .setConversation(null)
            .build()
            .toByteBuffer());
    return values;
  }

  private static Alert.Builder alert(String id, String conversationId, AlertState state) {
    return Alert.newBuilder()
        .setAlertId(id)
        .setState(state)
        .setRule("sustained-anger")
        .setRuleVersion(1)
        .setTenant("local")
        .setConversationId(conversationId)
        .setChannel(0)
        .setParticipantRole("CUSTOMER")
        .setEventTimeMs(1_000)
        .setStartsAtMs(1_000);
  }

  private static ByteBuffer letter(String conversationId, String message) throws IOException {
    return DeadLetter.newBuilder()
        .setTopic("audio")
        .setPartition(0)
        .setOffset(7)
        .setStage("decode")
        .setReason(DeadLetterReason.INVALID)
        .setMessage(message)
        .setTenant("local")
        .setConversationId(conversationId)
        .build()
        .toByteBuffer();
  }
}
