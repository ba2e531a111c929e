package io.undertone.alerts.rules;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A comparison with a number, such as {@code >= 0.6}. */
public record Bound(Operator operator, double value) {
  private static final Pattern FORM =
      Pattern.compile("\\s*(>=|<=|>|<)\\s*([+-]?\\d{1,9}(?:\\.\\d{1,9})?)\\s*");

  /** How to compare. */
  public enum Operator {
    AT_LEAST(">="),
    AT_MOST("<="),
    ABOVE(">"),
    BELOW("<");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }
  }

  /** Empty if the text is no comparison. */
  static Optional<Bound> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    for (Operator operator : Operator.values()) {
      if (operator.sign.equals(matcher.group(1))) {
        return Optional.of(new Bound(operator, Double.parseDouble(matcher.group(2))));
      }
    }
    return Optional.empty();
  }

  public boolean admits(double number) {
    return switch (operator) {
      case AT_LEAST -> number >= value;
      case AT_MOST -> number <= value;
      case ABOVE -> number > value;
      case BELOW -> number < value;
    };
  }

  @Override
  public String toString() {
    return operator.sign + " " + (value == Math.rint(value) ? "%.0f" : "%s").formatted(value);
  }
}
