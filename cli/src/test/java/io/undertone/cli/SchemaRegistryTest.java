package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.analytics.TopicRecords;
import io.undertone.dashboard.Dashboard;
import io.undertone.dashboard.access.OpenAccess;
import io.undertone.dashboard.calls.WindowBounds;
import io.undertone.dashboard.topics.DashboardTopics;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.ParticipantRole;
import io.undertone.schemas.registry.RegistryLogin;
import io.undertone.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job with Apicurio's registry: what it writes, and who reads it. */
class SchemaRegistryTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String CALL = "registered-call";

  private static final String AUTHORIZATION = "Basic YW5uYTpzZWNyZXQ=";
  private static final String USER_INFO = "--kafka.basic.auth.user.info=anna:secret";

  @TempDir private Path directory;

  @Test
  void whatTheJobWritesInConfluentsFormatAllReadersRead() throws Exception {
    String model = CommandRun.modelIn(directory);
    Path properties =
        Files.writeString(
            directory.resolve("client.properties"), "basic.auth.user.info=anna:secret\n");
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        ApicurioServer registry = ApicurioServer.start();
        PasswordProxy proxy = PasswordProxy.start(registry.url(), AUTHORIZATION)) {
      String broker = kafka.bootstrapServers();
      try (Topics topics = Topics.at(broker, Map.of())) {
        topics.createMissing(TopicNames.DEFAULT, 1);
        topics.createMissing(
            Map.of(DashboardTopics.DEFAULT.feedback(), 1, DashboardTopics.DEFAULT.responses(), 1));
      }
      writeSingleObject(broker);
      Thread job =
          new Thread(
              () ->
                  CommandRun.of(
                      "job",
                      "--bootstrap-servers",
                      broker,
                      "--parallelism=1",
                      "--model-dir",
                      model,
                      "--schema-registry",
                      proxy.url(),
                      USER_INFO));
      job.start();
      try {
        send(broker);
        long begin = System.nanoTime();
        String[] ofRegistry = {
          "--schema-registry", proxy.url(), "--client-properties", properties.toString()
        };
        while (run("events", broker, ofRegistry).out().stream()
            .noneMatch(line -> line.contains("LAST_CHUNK"))) {
          assertThat(job.isAlive()).isTrue();
          assertThat(System.nanoTime() - begin).isLessThan(PATIENCE.toNanos());
        }

        assertThat(registry.get("/subjects"))
            .contains(
                "undertone.emotion-events.v1-value",
                "undertone.alerts.v1-value",
                "undertone.audit.v1-value",
                "undertone.audio-chunks.v1.dlq-value",
                "undertone.audio-chunks.v1.late-value");
        assertThat(registry.get("/subjects/undertone.emotion-events.v1-value/versions/latest"))
            .contains("EmotionEvent");
        assertThat(
                run(
                        "sql",
                        broker,
                        with(
                            ofRegistry,
                            "--json",
                            "--execute",
                            "SELECT DISTINCT conversationId FROM utterances ORDER BY"
                                + " conversationId"))
                    .out())
            .containsExactly(
                "{\"conversationId\":\"earlier-call\"}", "{\"conversationId\":\"" + CALL + "\"}");
        Path parquet = directory.resolve("parquet");
        CommandRun export =
            run("export", broker, with(ofRegistry, "--parquet", parquet.toString()));
        assertThat(export.err()).isEmpty();
        assertThat(export.out().get(0))
            .contains(run("events", broker, ofRegistry).out().size() + " events;");
        assertThat(onScreens(broker, proxy)).contains("earlier-call", CALL);
        assertThat(run("redrive", broker, "--schema-registry", proxy.url(), USER_INFO).status())
            .isZero();

        CommandRun without = run("events", broker);
        assertThat(without.err())
            .singleElement()
            .asString()
            .contains("undertone.emotion-events.v1-0@1", "needs a schema registry to be read");
        CommandRun unknown = run("events", broker, "--schema-registry", proxy.url());
        assertThat(unknown.err())
            .singleElement()
            .asString()
            .contains("refuses requests without credentials with status 401");
      } finally {
        job.interrupt();
        job.join();
      }
    }
  }

  @Test
  void aRegistryThatDoesNotAnswerIsNamedInOneLine() throws IOException {
    CommandRun run =
        CommandRun.of(
            "job",
            "--schema-registry",
            "http://localhost:1",
            "--model-dir",
            CommandRun.modelIn(directory));

    assertThat(run.err())
        .singleElement()
        .asString()
        .contains("cannot be registered: no answer from the schema registry at http://localhost:1");
    assertThat(run.status()).isEqualTo(1);
    assertThat(CommandRun.of("job", "--schema-registry", "nowhere").err())
        .singleElement()
        .asString()
        .contains("--schema-registry must be a URL of http or https");
  }

  /** What a job without a registry wrote. */
  private static void writeSingleObject(String broker) throws Exception {
    EmotionEvent event =
        EmotionEvent.newBuilder()
            .setEventId("e-1")
            .setKind(EventKind.UTTERANCE)
            .setTenant("local")
            .setConversationId("earlier-call")
            .setChannel(0)
            .setParticipantRole(ParticipantRole.CUSTOMER)
            .setUtteranceIndex(0)
            .setBeginOffsetMillis(500)
            .setEndOffsetMillis(2_500)
            .setEventTimeMs(System.currentTimeMillis())
            .setEmotion("sad")
            .setProbabilities(Map.of("sad", 1f))
            .setUpdateStep(1)
            .setModelVersion("m")
            .setMemoryVersion(1)
            .build();
    new TopicRecords(broker).write(TopicNames.DEFAULT.events(), event);
  }

  private static void send(String broker) {
    String call = CommandRun.CALLS.resolve("lost-parcel.flac").toString();
    run("send", broker, call, "--roles", "customer,agent", "--conversation", CALL, "--fast");
  }

  private static String[] with(String[] options, String... more) {
    return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
  }

  private static CommandRun run(String command, String broker, String... options) {
    return CommandRun.of(
        Stream.concat(Stream.of(command, "--bootstrap-servers", broker), Stream.of(options))
            .toArray(String[]::new));
  }

  /** The calls of a dashboard, once it has read the topic. */
  private static String onScreens(String broker, PasswordProxy registry)
      throws IOException, InterruptedException {
    Map<String, String> client = Map.of("bootstrap.servers", broker);
    try (Dashboard dashboard =
        Dashboard.start(
            new Dashboard.Settings(
                "localhost",
                0,
                new OpenAccess(),
                DashboardTopics.DEFAULT,
                WindowBounds.DEFAULT,
                client,
                client,
                new SchemaRegistry(
                    registry.url(), new RegistryLogin(RegistryLogin.USER_INFO, "anna:secret")),
                line -> {}))) {
      URI calls = URI.create(dashboard.address() + "api/v1/calls");
      HttpClient http = HttpClient.newHttpClient();
      String answer = "";
      long begin = System.nanoTime();
      while (!answer.contains(CALL) && System.nanoTime() - begin < PATIENCE.toNanos()) {
        answer = http.send(HttpRequest.newBuilder(calls).build(), BodyHandlers.ofString()).body();
      }
      return answer;
    }
  }
}
