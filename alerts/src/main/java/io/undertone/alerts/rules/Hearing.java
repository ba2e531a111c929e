package io.undertone.alerts.rules;

/**
 * Which sides of a call a job hears, of the customer and the agent, at least their voice activity.
 */
public enum Hearing {
  BOTH_SIDES,
  ONE_SIDE
}
