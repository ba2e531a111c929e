package io.undertone.cli.dashboard;

/** Where a dashboard is, if nothing else is said. */
public final class DashboardPort {
  public static final int DEFAULT = 8080;

  private DashboardPort() {}
}
