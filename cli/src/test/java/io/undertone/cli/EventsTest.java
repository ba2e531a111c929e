package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.analytics.TopicRecords;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.ParticipantRole;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import picocli.CommandLine;

/** Three calls; the second was erased. */
@TestInstance(Lifecycle.PER_CLASS)
class EventsTest {
  private static final String EVENTS = TopicNames.DEFAULT.events();
  private static final String LIVE = "live";

  private final EmbeddedKafka kafka = EmbeddedKafka.start();

  @BeforeAll
  void writeCalls() throws Exception {
    try (Topics topics = Topics.at(kafka.bootstrapServers(), Map.of())) {
      topics.createMissing(Map.of(EVENTS, 1, LIVE, 1));
    }
    write(EVENTS, "e-1", "acme", "c-1", EventKind.UTTERANCE);
    write(EVENTS, "e-2", "acme", "c-2", EventKind.UTTERANCE);
    write(EVENTS, "e-3", "acme", "c-2", EventKind.ERASED);
    write(EVENTS, "e-4", "other", "c-1", EventKind.UTTERANCE);
  }

  @AfterAll
  void close() {
    kafka.close();
  }

  @Test
  void whatTheTopicHasIsPrintedWithoutErasedCalls() {
    CommandRun run = events();

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .satisfiesExactly(
            line ->
                assertThat(line).contains("\"eventId\":\"e-1\"", "\"probabilities\":{\"sad\":1.0}"),
            line -> assertThat(line).contains("\"eventId\":\"e-3\"", "\"kind\":\"ERASED\""),
            line -> assertThat(line).contains("\"eventId\":\"e-4\""));
  }

  @Test
  void oneCallIsPrintedAlone() {
    assertThat(events("--conversation", "c-1").out()).hasSize(2);
    assertThat(events("--conversation", "c-1", "--tenant", "other").out())
        .singleElement()
        .asString()
        .contains("e-4");
    assertThat(events("--conversation", "c-2").out()).singleElement().asString().contains("ERASED");
    assertThat(events("--conversation", "c-3").out()).isEmpty();
  }

  @Test
  void eventsArePrintedAsTheyComeUntilItIsStopped() throws Exception {
    try (Following all = new Following("--follow", "--from-beginning", "--events-topic", LIVE);
        Following coming = new Following("--follow", "--events-topic", LIVE)) {
      // The second one may find the end behind some of them; the first one prints all.
      int written = 0;
      while (!coming.out.toString().contains("\"conversationId\":\"now\"")) {
        write(LIVE, "n-" + written++, "acme", "now", EventKind.UTTERANCE);
        assertThat(coming.isRunning()).isTrue();
      }
      while (all.out.toString().lines().count() < written) {
        assertThat(all.isRunning()).isTrue();
      }
      assertThat(all.out.toString().lines().findFirst().orElseThrow()).contains("n-0");
    }
  }

  @Test
  void whatIsWrongIsSaidInOneLine() {
    CommandRun run = events("--events-topic", "nowhere");

    assertThat(run.err()).singleElement().asString().contains("must have the topic nowhere");
    assertThat(run.status()).isEqualTo(1);
  }

  private CommandRun events(String... options) {
    return CommandRun.of(arguments(options));
  }

  private String[] arguments(String... options) {
    return Stream.concat(
            Stream.of("events", "--bootstrap-servers", kafka.bootstrapServers()),
            Stream.of(options))
        .toArray(String[]::new);
  }

  private void write(String topic, String id, String tenant, String conversationId, EventKind kind)
      throws Exception {
    EmotionEvent event =
        EmotionEvent.newBuilder()
            .setEventId(id)
            .setKind(kind)
            .setTenant(tenant)
            .setConversationId(conversationId)
            .setChannel(0)
            .setParticipantRole(ParticipantRole.CUSTOMER)
            .setUtteranceIndex(0)
            .setBeginOffsetMillis(500)
            .setEndOffsetMillis(2_500)
            .setEventTimeMs(3_600_000)
            .setProbabilities(Map.of("sad", 1f))
            .setUpdateStep(1)
            .setModelVersion("m")
            .setMemoryVersion(1)
            .build();
    new TopicRecords(kafka.bootstrapServers()).write(topic, event);
  }

  /** The command on a thread of its own; closing it is the user's Ctrl-C. */
  private final class Following implements AutoCloseable {
    private final StringWriter out = new StringWriter();
    private final Thread thread;

    Following(String... options) {
      CommandLine commands =
          Undertone.commandLine(
              (directory, prior, arithmetic, device) -> {
                throw new IllegalStateException("needs no model");
              });
      commands.setOut(new PrintWriter(out));
      List<String> arguments = List.of(arguments(options));
      thread = new Thread(() -> commands.execute(arguments.toArray(String[]::new)));
      thread.start();
    }

    boolean isRunning() {
      return thread.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
      thread.interrupt();
      thread.join();
    }
  }
}
