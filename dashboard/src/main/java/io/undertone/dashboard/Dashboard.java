package io.undertone.dashboard;

import io.undertone.dashboard.access.Access;
import io.undertone.dashboard.access.OpenedCalls;
import io.undertone.dashboard.calls.CallWindow;
import io.undertone.dashboard.calls.WindowBounds;
import io.undertone.dashboard.screens.ScreenHub;
import io.undertone.dashboard.topics.FeedbackTopic;
import io.undertone.dashboard.topics.Followed;
import io.undertone.dashboard.topics.TopicFollower;
import io.undertone.dashboard.web.DashboardServer;
import io.undertone.schemas.Alert;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.registry.SchemaRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A running dashboard: it follows the events topic and serves the page. */
public final class Dashboard implements AutoCloseable {
  private final TopicFollower follower;
  private final ScreenHub screens;
  private final DashboardServer server;
  private final FeedbackTopic feedback;
  private final String host;

  private Dashboard(
      TopicFollower follower,
      ScreenHub screens,
      DashboardServer server,
      FeedbackTopic feedback,
      String host) {
    this.follower = follower;
    this.screens = screens;
    this.server = server;
    this.feedback = feedback;
    this.host = host;
  }

  /**
   * What a dashboard needs to know.
   *
   * @param host address to listen on
   * @param port 0 for any free one
   * @param eventsTopic topic of emotion events
   * @param alertsTopic topic of alerts; it may be missing
   * @param feedbackTopic topic for what people say about labels
   * @param consumer properties of a Kafka consumer, its servers among them
   * @param producer properties of a Kafka producer, its servers among them
   * @param registry of schemas; null if no record is in Confluent's wire format
   * @param audit takes a line of JSON for each call that somebody opens
   */
  public record Settings(
      String host,
      int port,
      Access access,
      String eventsTopic,
      String alertsTopic,
      String feedbackTopic,
      WindowBounds bounds,
      Map<String, ?> consumer,
      Map<String, ?> producer,
      @Nullable SchemaRegistry registry,
      Consumer<String> audit) {}

  /** Starts it; the history is read while it already answers. */
  public static Dashboard start(Settings settings) {
    CallWindow window = new CallWindow(settings.bounds(), Clock.systemUTC());
    TopicFollower follower =
        TopicFollower.start(
            List.of(
                Followed.<EmotionEvent>of(
                    settings.eventsTopic(),
                    true,
                    EmotionEvent.getClassSchema(),
                    settings.registry(),
                    window::apply),
                Followed.<Alert>of(
                    settings.alertsTopic(),
                    false,
                    Alert.getClassSchema(),
                    settings.registry(),
                    window::apply)),
            settings.bounds().history(),
            settings.consumer());
    FeedbackTopic feedback = new FeedbackTopic(settings.feedbackTopic(), settings.producer());
    ScreenHub screens = new ScreenHub(window, follower, feedback);
    try {
      DashboardServer server =
          DashboardServer.start(
              settings.host(),
              settings.port(),
              settings.access(),
              new OpenedCalls(settings.audit(), Clock.systemUTC()),
              window,
              follower,
              screens,
              feedback);
      screens.start();
      return new Dashboard(follower, screens, server, feedback, settings.host());
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
    feedback.close();
    follower.close();
  }
}
