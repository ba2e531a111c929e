package io.undertone.alerts.rules;

/**
 * What is wrong with a rule.
 *
 * @param line from 1
 * @param column from 1
 */
public record RuleProblem(int line, int column, String message) {

  @Override
  public String toString() {
    return "%d:%d: %s".formatted(line, column, message);
  }
}
