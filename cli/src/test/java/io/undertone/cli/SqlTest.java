package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.analytics.TopicRecords;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.ParticipantRole;
import io.undertone.schemas.Sentiment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlTest {
  private static EmbeddedKafka kafka = EmbeddedKafka.start();

  @BeforeAll
  static void writeAnEvent() throws Exception {
    try (Topics topics = Topics.at(kafka.bootstrapServers(), Map.of())) {
      topics.createMissing(TopicNames.DEFAULT, 1);
    }
    EmotionEvent event =
        EmotionEvent.newBuilder()
            .setEventId("e-1")
            .setKind(EventKind.UTTERANCE)
            .setTenant("acme")
            .setConversationId("c-1")
            .setChannel(0)
            .setParticipantRole(ParticipantRole.CUSTOMER)
            .setUtteranceIndex(0)
            .setBeginOffsetMillis(500)
            .setEndOffsetMillis(2_500)
            .setEventTimeMs(3_600_000)
            .setEmotion("angry")
            .setProbabilities(Map.of("angry", 1f))
            .setSentiment(Sentiment.NEGATIVE)
            .setUpdateStep(1)
            .setModelVersion("m")
            .setMemoryVersion(1)
            .setAttributes(Map.of("queue", "billing"))
            .build();
    new TopicRecords(kafka.bootstrapServers()).write(TopicNames.DEFAULT.events(), event);
  }

  @AfterAll
  static void close() {
    kafka.close();
  }

  @Test
  void aQueryOfUndertonePrintsATable() {
    CommandRun run = sql("--query", "negative-by-queue");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .containsExactly(
            "tenant  queue    calls  callsWithNegative  utterances  speechSeconds  negativeShare",
            "acme    billing      1                  1           1            2.0            1.0");
  }

  @Test
  void aFileOfOnesOwnPrintsJsonInATimeZone(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("own.sql");
    Files.writeString(file, "SELECT eventTime, probabilities, shed FROM utterances;\n");

    CommandRun run = sql("--file", file.toString(), "--json", "--time-zone", "Asia/Tokyo");

    assertThat(run.out())
        .containsExactly(
            "{\"eventTime\":\"1970-01-01T10:00:00+09:00\",\"probabilities\":{\"angry\":1.0},"
                + "\"shed\":null}");
  }

  @Test
  void eventsAreExportedToParquet(@TempDir Path folder) {
    CommandRun run =
        CommandRun.of(
            "export",
            "--bootstrap-servers",
            kafka.bootstrapServers(),
            "--parquet",
            folder.toString());

    assertThat(run.out())
        .containsExactly(folder + ": 1 events; 1 files written, 0 events of erased calls deleted");
    assertThat(folder.resolve("day=1970-01-01/events.parquet")).isNotEmptyFile();
  }

  @Test
  void theListNamesQueriesAndViews() {
    assertThat(CommandRun.of("sql", "--list").out())
        .anyMatch(line -> line.matches("worst-queues +Queues of each hour.*"))
        .anyMatch(line -> line.startsWith("calls(tenant, conversationId, queue"))
        .noneMatch(line -> line.contains("agent"));
    assertThat(CommandRun.of("sql", "--list", "--allow-agent-ranking").out())
        .anyMatch(line -> line.startsWith("agents-by-negative-share"));
  }

  @Test
  void whatIsWrongIsSaidInOneLine() {
    assertError(sql("--execute", "SELECT mood FROM calls"), 2, "Column 'mood' not found");
    assertError(sql("--query", "best"), 2, "must be one of worst-queues, ");
    assertError(
        sql("--alerts-topic", "nowhere", "--execute", "SELECT * FROM alerts"),
        1,
        "must have the topic nowhere");
    assertError(sql("--query", "worst-queues", "--follow"), 2, "--follow needs --execute");
    assertError(
        CommandRun.of("sql", "--query", "worst-queues"), 2, "--bootstrap-servers must name");
    assertError(sql("--file", "/nowhere.sql"), 2, "--file must name a readable file");
  }

  private static void assertError(CommandRun run, int status, String message) {
    assertThat(run.err()).singleElement().asString().contains(message);
    assertThat(run.status()).isEqualTo(status);
  }

  private static CommandRun sql(String... arguments) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("sql", "--bootstrap-servers", kafka.bootstrapServers()),
                Arrays.stream(arguments))
            .toArray(String[]::new));
  }
}
