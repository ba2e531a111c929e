package io.undertone.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.dashboard.access.Access;
import io.undertone.dashboard.access.OpenAccess;
import io.undertone.dashboard.calls.WindowBounds;
import io.undertone.dashboard.topics.DashboardTopics;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.schemas.LabelFeedback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** A broker, an events topic and a dashboard that can be restarted. */
public final class Rig implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedKafka kafka = EmbeddedKafka.start();
  private final EventTopic events = EventTopic.create(kafka.bootstrapServers(), 2);
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> audit = new CopyOnWriteArrayList<>();
  private DashboardTopics topics = DashboardTopics.DEFAULT;
  private Dashboard dashboard;

  public Rig() {
    dashboard = start(0, new OpenAccess());
  }

  /** All feedback so far. */
  public List<LabelFeedback> feedback() {
    return events.feedback(kafka.bootstrapServers());
  }

  public EventTopic events() {
    return events;
  }

  /** The lines of the audit log. */
  public List<String> audit() {
    return audit;
  }

  public String address() {
    return dashboard.address();
  }

  /** Starts another one, which knows nothing but Kafka, at the same address. */
  public void restart(Access access) {
    int port = URI.create(address()).getPort();
    stop();
    startAgain(port, access);
  }

  /** Restarts it with other topics. */
  public void restart(DashboardTopics others) {
    topics = others;
    restart(new OpenAccess());
  }

  public void stop() {
    dashboard.close();
  }

  /** Takes Kafka away for good. */
  public void stopKafka() {
    kafka.close();
  }

  public void startAgain(int port, Access access) {
    dashboard = start(port, access);
  }

  private Dashboard start(int port, Access access) {
    return Dashboard.start(
        new Dashboard.Settings(
            "localhost",
            port,
            access,
            topics,
            WindowBounds.DEFAULT,
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            null,
            audit::add));
  }

  /** The answer to a request; headers by name and value in turn. */
  public HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET().build());
  }

  public HttpResponse<String> post(String path, String json, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  /** The document at a path. */
  public JsonNode json(String path, String... headers) {
    return parse(get(path, headers).body());
  }

  /** A call's document; an object with an error if there is no such call. */
  public JsonNode call(String tenant, String conversation, String... headers) {
    String id = URLEncoder.encode(conversation, StandardCharsets.UTF_8);
    return json("api/v1/call?tenant=" + tenant + "&conversation=" + id, headers);
  }

  public HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request;
  }

  public HttpClient client() {
    return client;
  }

  public static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a condition. */
  public static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain: " + what);
      }
      Thread.onSpinWait();
    }
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
    events.close();
    kafka.close();
  }
}
