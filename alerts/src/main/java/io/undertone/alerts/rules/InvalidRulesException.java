package io.undertone.alerts.rules;

import java.util.List;
import java.util.stream.Collectors;

/** Rules that cannot be used. The message has a line for each problem, with its place. */
public final class InvalidRulesException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<RuleProblem> problems;

  InvalidRulesException(List<RuleProblem> problems) {
    super(problems.stream().map(RuleProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** In the order of the text. */
  public List<RuleProblem> problems() {
    return problems;
  }
}
