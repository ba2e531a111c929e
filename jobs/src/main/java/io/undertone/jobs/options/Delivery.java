package io.undertone.jobs.options;

/** How often an event appears in its topic. */
public enum Delivery {
  /** Events are visible at once. After a failure some are repeated, with the same event id. */
  AT_LEAST_ONCE("at-least-once"),
  /** Events are written in transactions, which consumers with read_committed see per checkpoint. */
  EXACTLY_ONCE("exactly-once");

  private final String optionValue;

  Delivery(String optionValue) {
    this.optionValue = optionValue;
  }

  /** As users write it; Flink parses options by this name. */
  @Override
  public String toString() {
    return optionValue;
  }
}
