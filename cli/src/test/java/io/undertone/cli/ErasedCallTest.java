package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.analytics.TopicRecords;
import io.undertone.analytics.jdbc.PostgresServer;
import io.undertone.analytics.topics.TopicReader;
import io.undertone.cli.dashboard.DemoDashboard;
import io.undertone.dashboard.Dashboard;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.Role;
import io.undertone.webhooks.Notifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two calls go through a real job; one of them is erased. Then nothing in this repository that
 * reads topics knows it any more, neither what read its events before nor what begins afterwards.
 */
@Tag("postgresql")
class ErasedCallTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String KEPT = "kept-call";
  private static final String ERASED = "erased-call";

  private static final String DOCUMENTS = "undertone.contact-lens.v1";

  /** Of the event that says so. */
  private static final String NOTICE = "\"kind\":\"ERASED\"";

  /** Fires with the first utterance of each call, whatever its emotion. */
  private static final String RULES =
      """
      - alert: Spoke
        when: {emotion: neutral, probability: ">= 0.0"}
      - alert: SpokeWell
        when: {emotion: positive, probability: ">= 0.0"}
      - alert: SpokeBadly
        when: {emotion: negative, probability: ">= 0.0"}
      """;

  @TempDir private Path directory;

  private final HttpClient client = HttpClient.newHttpClient();
  private String database = "";
  private Map<String, String> login = Map.of();

  @Test
  void noConsumerReturnsIt() throws Exception {
    Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
    Path parquet = directory.resolve("parquet");
    String model = CommandRun.modelIn(directory);
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        PostgresServer postgres = PostgresServer.start()) {
      String broker = kafka.bootstrapServers();
      try (Topics topics = Topics.at(broker, Map.of())) {
        topics.createMissing(TopicNames.DEFAULT, 2);
        topics.createMissing(Map.of(DOCUMENTS, 2, Notifier.DEFAULT_UNDELIVERED, 1));
      }
      Path credentials = propertiesOf(postgres);
      database = postgres.create("calls");
      login = postgres.credentials();
      Thread job =
          new Thread(
              () ->
                  CommandRun.of(
                      "job",
                      "--bootstrap-servers",
                      broker,
                      "--parallelism=1",
                      "--alert-rules",
                      rules.toString(),
                      "--contact-lens-topic",
                      DOCUMENTS,
                      "--model-dir",
                      model));
      job.start();
      try (Dashboard dashboard = DemoDashboard.start(broker, 0);
          RunningNotifier notifier = RunningNotifier.start(broker, "notifier", ERASED)) {
        send(broker, KEPT);
        send(broker, ERASED);
        await(job, () -> hasEnded(broker, KEPT) && hasEnded(broker, ERASED));
        await(job, () -> inDocuments(broker).equals(Set.of(KEPT, ERASED)));
        await(job, () -> notifier.calls().equals(Set.of(KEPT, ERASED)));
        await(job, () -> alertsAfterExport(broker, credentials).equals(Set.of(KEPT, ERASED)));
        export(broker, "--parquet", parquet.toString());
        assertEach(broker, parquet, Set.of(KEPT, ERASED));
        await(job, () -> onScreens(dashboard).equals(Set.of(KEPT, ERASED)));
        assertThat(page(dashboard, ERASED).statusCode()).isEqualTo(200);

        CommandRun.of(
            "forget",
            "--bootstrap-servers",
            broker,
            "--tenant",
            "local",
            "--conversation",
            ERASED,
            "--by",
            "anna",
            "--reason",
            "article 17");
        await(job, () -> events(broker, ERASED).stream().anyMatch(line -> line.contains(NOTICE)));
        await(job, () -> onScreens(dashboard).equals(Set.of(KEPT)));
        await(job, () -> inDocuments(broker).equals(Set.of(KEPT)));
        await(job, () -> notifier.erasures().equals(Set.of(ERASED)));
        await(job, () -> isAudited(broker));
        // What an erased call still sends is refused as before.
        sendUnusable(broker, ERASED);
        await(job, () -> letters(broker) == 3);

        assertThat(page(dashboard, ERASED).statusCode()).isEqualTo(404);
        assertThat(page(dashboard, KEPT).statusCode()).isEqualTo(200);
        export(broker, "--parquet", parquet.toString());
        export(broker, "--jdbc", database, "--jdbc-properties", credentials.toString());
        assertEach(broker, parquet, Set.of(KEPT));
        try (Dashboard later = DemoDashboard.start(broker, 0)) {
          await(job, () -> get(later.address() + "api/v1/status").statusCode() == 200);
          assertThat(onScreens(later)).isEqualTo(Set.of(KEPT));
          assertThat(page(later, ERASED).statusCode()).isEqualTo(404);
        }
        Path laterParquet = directory.resolve("later");
        export(broker, "--parquet", laterParquet.toString());
        assertThat(inParquet(laterParquet)).isEqualTo(Set.of(KEPT));
        try (RunningNotifier later = RunningNotifier.start(broker, "later", "")) {
          await(job, () -> later.erasures().equals(Set.of(ERASED)));
          await(job, () -> later.calls().equals(Set.of(KEPT)));
        }
        assertThat(notifier.callsAfterErasureOf(ERASED)).doesNotContain(ERASED);
      } finally {
        job.interrupt();
        job.join();
      }
    }
  }

  /** All views, lines, files and tables have exactly these calls. */
  private void assertEach(String broker, Path parquet, Set<String> calls) throws SQLException {
    for (String view : List.of("utterances", "calls", "alerts", "dead_letters")) {
      assertThat(callsOf(sql(broker, view))).as("view " + view).isEqualTo(calls);
    }
    assertThat(inLetters(broker)).as("dead letters").isEqualTo(calls);
    List<String> lines =
        Stream.of(KEPT, ERASED)
            .flatMap(call -> events(broker, call).stream())
            .filter(line -> !line.contains(NOTICE))
            .toList();
    assertThat(lines.stream().map(line -> json(line).path("conversationId").asText()))
        .as("events")
        .hasSameElementsAs(calls);
    assertThat(inParquet(parquet)).as("Parquet").isEqualTo(calls);
    for (String table : List.of("utterances", "conversation_ends", "calls", "alerts")) {
      assertThat(inTable(table)).as("table " + table).isEqualTo(calls);
    }
  }

  private static boolean hasEnded(String broker, String conversation) {
    return events(broker, conversation).stream().anyMatch(line -> line.contains("LAST_CHUNK"));
  }

  private Set<String> alertsAfterExport(String broker, Path credentials) {
    export(broker, "--jdbc", database, "--jdbc-properties", credentials.toString());
    try {
      return inTable("alerts");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void send(String broker, String conversation) {
    CommandRun run =
        CommandRun.of(
            "send",
            CommandRun.CALLS.resolve("lost-parcel.flac").toString(),
            "--bootstrap-servers",
            broker,
            "--roles",
            "customer,agent",
            "--conversation",
            conversation,
            "--fast");
    assertThat(run.err()).isEmpty();
    sendUnusable(broker, conversation);
  }

  /** Sends a chunk without audio, which becomes a dead letter. */
  private static void sendUnusable(String broker, String conversation) {
    AudioChunk chunk =
        AudioChunk.newBuilder()
            .setTenant("local")
            .setConversationId(conversation)
            .setChannel(0)
            .setRole(Role.CUSTOMER)
            .setChunkIndex(1)
            .setStartOffsetMs(0)
            .setCaptureTimeMs(System.currentTimeMillis())
            .setCodec(AudioCodec.PCMU)
            .setSampleRateHz(8000)
            .setPayload(ByteBuffer.allocate(0))
            .build();
    try {
      new TopicRecords(broker)
          .write(
              TopicNames.DEFAULT.audioChunks(),
              conversation,
              List.of(AudioChunk.getEncoder().encode(chunk)));
    } catch (IOException | ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void export(String broker, String... destination) {
    CommandRun run =
        CommandRun.of(
            Stream.concat(
                    Stream.of("export", "--bootstrap-servers", broker), Stream.of(destination))
                .toArray(String[]::new));
    assertThat(run.err()).isEmpty();
  }

  private static CommandRun sql(String broker, String view) {
    String query = "SELECT DISTINCT conversationId FROM " + view;
    return CommandRun.of("sql", "--bootstrap-servers", broker, "--execute", query, "--json");
  }

  /** Those of a list of rows as JSON. */
  private static Set<String> callsOf(CommandRun rows) {
    Set<String> calls = new TreeSet<>();
    rows.out().forEach(row -> calls.add(json(row).path("conversationId").asText()));
    return calls;
  }

  private static List<String> events(String broker, String conversation) {
    return CommandRun.of("events", "--bootstrap-servers", broker, "--conversation", conversation)
        .out();
  }

  /** What whoever obeys tombstones has of the topic. */
  private static Set<String> inDocuments(String broker) {
    Map<String, String> documents = new HashMap<>();
    read(
        broker,
        DOCUMENTS,
        record -> {
          String key = new String(record.key(), StandardCharsets.UTF_8);
          if (record.value() == null) {
            documents.remove(key);
          } else {
            documents.put(key, new String(record.value(), StandardCharsets.UTF_8));
          }
        });
    return documents.values().stream()
        .map(document -> json(document).path("ContactId").asText())
        .collect(Collectors.toSet());
  }

  /** Those that redrive shows. */
  private static Set<String> inLetters(String broker) {
    CommandRun run = CommandRun.of("redrive", "--bootstrap-servers", broker);
    return Stream.of(KEPT, ERASED)
        .filter(call -> run.out().stream().anyMatch(line -> line.contains("local/" + call + ":")))
        .collect(Collectors.toSet());
  }

  private static long letters(String broker) {
    AtomicLong letters = new AtomicLong();
    read(broker, TopicNames.DEFAULT.deadLetters(), record -> letters.incrementAndGet());
    return letters.get();
  }

  private static boolean isAudited(String broker) {
    AtomicLong erasures = new AtomicLong();
    read(broker, TopicNames.DEFAULT.audit(), record -> erasures.incrementAndGet());
    return erasures.get() == 1;
  }

  private static void read(
      String broker, String topic, Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
    try (TopicReader reader = new TopicReader(broker, Map.of())) {
      reader.readAll(topic, receiver);
    }
  }

  private Set<String> onScreens(Dashboard dashboard) {
    Set<String> calls = new TreeSet<>();
    json(get(dashboard.address() + "api/v1/calls").body())
        .path("calls")
        .forEach(call -> calls.add(call.path("conversation").asText()));
    return calls;
  }

  private HttpResponse<String> page(Dashboard dashboard, String conversation) {
    return get(dashboard.address() + "api/v1/call?tenant=local&conversation=" + conversation);
  }

  private HttpResponse<String> get(String url) {
    try {
      return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Set<String> inParquet(Path folder) throws SQLException {
    return query(
        "jdbc:duckdb:",
        Map.of(),
        "SELECT DISTINCT conversationId FROM read_parquet('%s/*/*.parquet')".formatted(folder));
  }

  private Set<String> inTable(String table) throws SQLException {
    return query(database, login, "SELECT DISTINCT conversation_id FROM undertone_v1." + table);
  }

  private static Set<String> query(String url, Map<String, String> credentials, String sql)
      throws SQLException {
    Properties properties = new Properties();
    properties.putAll(credentials);
    Set<String> values = new TreeSet<>();
    try (Connection connection = DriverManager.getConnection(url, properties);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private Path propertiesOf(PostgresServer postgres) throws IOException {
    Path file = directory.resolve("postgresql.properties");
    Files.write(
        file,
        postgres.credentials().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .toList());
    return file;
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException("must be JSON: " + text, e);
    }
  }

  private static void await(Thread job, BooleanSupplier isDone) {
    long begin = System.nanoTime();
    while (!isDone.getAsBoolean()) {
      assertThat(job.isAlive()).as("the job runs").isTrue();
      assertThat(System.nanoTime() - begin).as("waited").isLessThan(PATIENCE.toNanos());
    }
  }
}
