package io.undertone.dashboard.topics;

/**
 * The topics that a dashboard uses. Only that of events must exist.
 *
 * @param events emotion events
 * @param alerts states of alerts
 * @param feedback what people say about labels; written only
 * @param responses what people do about alerts
 */
public record DashboardTopics(String events, String alerts, String feedback, String responses) {

  /** The names, if nothing else is said. */
  public static final DashboardTopics DEFAULT =
      new DashboardTopics(
          "undertone.emotion-events.v1",
          "undertone.alerts.v1",
          "undertone.feedback.v1",
          "undertone.alert-responses.v1");
}
