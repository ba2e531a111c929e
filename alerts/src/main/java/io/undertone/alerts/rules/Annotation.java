package io.undertone.alerts.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text for people, with placeholders in the form of Prometheus, such as {@code {{ $value }}}.
 *
 * @param text as in the rule
 */
public record Annotation(String text) {
  private static final String CALL = "call";
  private static final String TENANT = "tenant";
  private static final String ROLE = "role";
  private static final String EMOTION = "emotion";
  private static final String VALUE = "value";
  private static final String LABELS = "labels.";
  private static final String ATTRIBUTES = "attributes.";
  private static final Set<String> NAMES = Set.of(CALL, TENANT, ROLE, EMOTION, VALUE);

  /** What follows two braces, to the next two. */
  private static final Pattern BRACES = Pattern.compile("\\{\\{(.*?)(}}|\\z)", Pattern.DOTALL);

  private static final Pattern NAME =
      Pattern.compile("\\s*\\$([A-Za-z_]+(?:\\.[A-Za-z0-9_.-]+)?)\\s*");
  private static final int DECIMALS = 2;

  /**
   * What placeholders stand for.
   *
   * @param role CUSTOMER, AGENT or UNKNOWN
   * @param emotion of the latest evidence; null without one
   * @param value that the rule compared; null if it compared none
   * @param labels of the rule
   * @param attributes of the call
   */
  public record Facts(
      String tenant,
      String call,
      String role,
      @Nullable String emotion,
      @Nullable Double value,
      Map<String, String> labels,
      Map<String, String> attributes) {}

  /**
   * Placeholders that stand for nothing.
   *
   * @param labels of the rule
   */
  List<String> unknown(Set<String> labels) {
    List<String> unknown = new ArrayList<>();
    Matcher braces = BRACES.matcher(text);
    while (braces.find()) {
      Matcher name = NAME.matcher(braces.group(1));
      boolean closed = !braces.group(2).isEmpty();
      if (!closed || !name.matches() || !isKnown(name.group(1), labels)) {
        unknown.add(braces.group().strip());
      }
    }
    return unknown;
  }

  private static boolean isKnown(String name, Set<String> labels) {
    return NAMES.contains(name)
        || name.startsWith(ATTRIBUTES)
        || (name.startsWith(LABELS) && labels.contains(name.substring(LABELS.length())));
  }

  /** The placeholders that a rule may have, for people. */
  static String forms() {
    return "{{ $call }}, {{ $tenant }}, {{ $role }}, {{ $emotion }}, {{ $value }},"
        + " {{ $labels.NAME }} with a label of the rule, {{ $attributes.NAME }}";
  }

  /** The text with what its placeholders stand for; nothing for what is missing. */
  public String render(Facts facts) {
    return BRACES
        .matcher(text)
        .replaceAll(braces -> Matcher.quoteReplacement(value(braces.group(1), facts)));
  }

  private static String value(String placeholder, Facts facts) {
    String name = placeholder.strip().substring(1);
    if (name.startsWith(LABELS)) {
      return facts.labels().getOrDefault(name.substring(LABELS.length()), "");
    }
    if (name.startsWith(ATTRIBUTES)) {
      return facts.attributes().getOrDefault(name.substring(ATTRIBUTES.length()), "");
    }
    return switch (name) {
      case CALL -> facts.call();
      case TENANT -> facts.tenant();
      case ROLE -> facts.role();
      case EMOTION -> facts.emotion() == null ? "" : facts.emotion();
      case VALUE -> facts.value() == null ? "" : number(facts.value());
      default -> throw new IllegalStateException("the rule was checked, but has " + placeholder);
    };
  }

  private static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
