package io.undertone.cli.dashboard;

/** Topics that the dashboard reads and writes beside that of events. */
final class DashboardTopics {
  static final String ALERTS = "undertone.alerts.v1";
  static final String FEEDBACK = "undertone.feedback.v1";

  private DashboardTopics() {}
}
