package io.undertone.cli.dashboard;

import io.undertone.dashboard.Dashboard;
import io.undertone.dashboard.access.OpenAccess;
import io.undertone.dashboard.calls.WindowBounds;
import io.undertone.dashboard.topics.DashboardTopics;
import io.undertone.dashboard.web.CannotListenException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** The demo's dashboard: on the loopback interface, open to everybody on this machine. */
public final class DemoDashboard {
  private static final int ANY_FREE = 0;

  private DemoDashboard() {}

  /**
   * Starts it, with topics for what people say.
   *
   * @param port if another program has it, any free one is taken
   */
  public static Dashboard start(String bootstrapServers, int port)
      throws TopicUnavailableException {
    try (Topics topics = Topics.at(bootstrapServers, Map.of())) {
      topics.createMissing(
          Map.of(DashboardTopics.DEFAULT.feedback(), 1, DashboardTopics.DEFAULT.responses(), 1));
    }
    try {
      return on(bootstrapServers, port);
    } catch (CannotListenException e) {
      return on(bootstrapServers, ANY_FREE);
    }
  }

  private static Dashboard on(String bootstrapServers, int port) {
    Map<String, String> client =
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return Dashboard.start(
        new Dashboard.Settings(
            "localhost",
            port,
            new OpenAccess(),
            DashboardTopics.DEFAULT,
            WindowBounds.DEFAULT,
            client,
            client,
            null,
            line -> {}));
  }
}
