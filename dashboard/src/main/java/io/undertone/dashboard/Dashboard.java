package io.undertone.dashboard;

import io.undertone.dashboard.access.Access;
import io.undertone.dashboard.access.AuditLog;
import io.undertone.dashboard.calls.CallWindow;
import io.undertone.dashboard.calls.WindowBounds;
import io.undertone.dashboard.screens.ScreenHub;
import io.undertone.dashboard.topics.DashboardTopics;
import io.undertone.dashboard.topics.Followed;
import io.undertone.dashboard.topics.TopicFollower;
import io.undertone.dashboard.topics.TopicWriter;
import io.undertone.dashboard.web.DashboardServer;
import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertResponse;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.registry.SchemaRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A running dashboard: it follows the topics and serves the page. */
public final class Dashboard implements AutoCloseable {
  private final TopicFollower follower;
  private final ScreenHub screens;
  private final DashboardServer server;
  private final TopicWriter writer;
  private final String host;

  private Dashboard(
      TopicFollower follower,
      ScreenHub screens,
      DashboardServer server,
      TopicWriter writer,
      String host) {
    this.follower = follower;
    this.screens = screens;
    this.server = server;
    this.writer = writer;
    this.host = host;
  }

  /**
   * What a dashboard needs to know.
   *
   * @param host address to listen on
   * @param port 0 for any free one
   * @param consumer properties of a Kafka consumer, its servers among them
   * @param producer properties of a Kafka producer, its servers among them
   * @param registry of schemas; null if no record is in Confluent's wire format
   * @param audit takes a line of JSON for each call that somebody opens, and for each response to
   *     an alert
   */
  public record Settings(
      String host,
      int port,
      Access access,
      DashboardTopics topics,
      WindowBounds bounds,
      Map<String, ?> consumer,
      Map<String, ?> producer,
      @Nullable SchemaRegistry registry,
      Consumer<String> audit) {}

  /** Starts it; the history is read while it already answers. */
  public static Dashboard start(Settings settings) {
    CallWindow window = new CallWindow(settings.bounds(), Clock.systemUTC());
    DashboardTopics topics = settings.topics();
    TopicFollower follower =
        TopicFollower.start(
            List.of(
                Followed.<EmotionEvent>of(
                    topics.events(),
                    true,
                    EmotionEvent.getClassSchema(),
                    settings.registry(),
                    window::apply),
                Followed.<Alert>of(
                    topics.alerts(),
                    false,
                    Alert.getClassSchema(),
                    settings.registry(),
                    window::apply),
                Followed.<AlertResponse>of(
                    topics.responses(),
                    false,
                    AlertResponse.getClassSchema(),
                    settings.registry(),
                    window::apply)),
            settings.bounds().history(),
            settings.consumer());
    TopicWriter writer = new TopicWriter(settings.producer());
    ScreenHub screens = new ScreenHub(window, follower, topics);
    try {
      DashboardServer server =
          DashboardServer.start(
              settings.host(),
              settings.port(),
              settings.access(),
              new AuditLog(settings.audit(), Clock.systemUTC()),
              window,
              follower,
              screens,
              topics,
              writer);
      screens.start();
      return new Dashboard(follower, screens, server, writer, settings.host());
    } catch (RuntimeException e) {
      screens.close();
      follower.close();
      throw e;
    }
  }

  /** Where a browser finds it. */
  public String address() {
    return "http://%s:%d/".formatted(host, server.port());
  }

  @Override
  public void close() {
    screens.close();
    server.close();
    writer.close();
    follower.close();
  }
}
