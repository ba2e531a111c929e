package io.undertone.alerts.rules;

import io.undertone.schemas.ParticipantRole;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one rule. */
final class RuleReader {
  private static final Set<String> FIELDS =
      Set.of(
          "alert",
          "version",
          "match",
          "when",
          "for",
          "keepFiringFor",
          "cooldown",
          "labels",
          "annotations");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
  private static final String NAME_FORM =
      "up to 64 letters, digits and underscores, no digit first";
  private static final long LONGEST_MS = 24 * 3_600_000L;
  private static final int MOST_TEXTS = 16;
  private static final List<String> ROLES =
      Arrays.stream(ParticipantRole.values()).map(Enum::name).toList();

  private final YamlMap rule;
  private final List<RuleProblem> problems;

  private RuleReader(YamlMap rule, List<RuleProblem> problems) {
    this.rule = rule;
    this.problems = problems;
  }

  /** Empty if the rule has problems, which are noted. */
  static Optional<AlertRule> read(Node node, List<RuleProblem> problems) {
    int before = problems.size();
    YamlMap rule = YamlMap.of(node, "a rule", problems);
    if (problems.size() > before) {
      return Optional.empty();
    }
    return new RuleReader(rule, problems).read();
  }

  private Optional<AlertRule> read() {
    int before = problems.size();
    rule.refuseOthersThan(FIELDS);
    String name = name();
    int version =
        rule.value(
                "version", "a whole number from 1", text -> ConditionReader.count(text, 1_000_000))
            .orElse(1);
    Optional<Condition> condition = condition();
    RuleMatch match = match(condition);
    long forMs = duration("for");
    long keepFiringForMs = duration("keepFiringFor");
    condition.ifPresent(this::refuseDurationsWithoutEffect);
    long cooldownMs = duration("cooldown");
    Map<String, String> labels = texts("labels");
    Map<String, String> annotations = texts("annotations");
    if (problems.size() > before || condition.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new AlertRule(
            name,
            version,
            match,
            condition.get(),
            forMs,
            keepFiringForMs,
            cooldownMs,
            labels,
            annotations));
  }

  private String name() {
    if (!rule.has("alert")) {
      rule.problemAt("alert", "must name the rule, but is missing");
    }
    return rule.value("alert", NAME_FORM, text -> matching(NAME, text)).orElse("");
  }

  private static Optional<String> matching(Pattern form, String text) {
    return form.matcher(text).matches() ? Optional.of(text) : Optional.empty();
  }

  private Optional<Condition> condition() {
    Optional<YamlMap> when = rule.map("when");
    if (when.isEmpty()) {
      rule.problemAt("when", "must say what the rule looks for, but is missing");
    }
    return when.flatMap(ConditionReader::read);
  }

  /** Only customers, unless the rule names other roles. */
  private RuleMatch match(Optional<Condition> condition) {
    Optional<YamlMap> found = rule.map("match");
    if (found.isEmpty()) {
      return new RuleMatch(List.of(), List.of(ParticipantRole.CUSTOMER.name()), Map.of());
    }
    YamlMap match = found.get();
    match.refuseOthersThan(Set.of("tenant", "role", "attributes"));
    List<String> roles = match.texts("role");
    if (!ROLES.containsAll(roles)) {
      match.problemAt(
          "role", "must be of %s, but is %s".formatted(String.join(", ", ROLES), roles));
    }
    if (!roles.isEmpty() && condition.isPresent() && condition.get().utterances() == 0) {
      match.problemAt("role", "must be missing: the score of a call is that of all its sides");
    }
    Map<String, List<String>> attributes = new TreeMap<>();
    match
        .map("attributes")
        .ifPresent(map -> map.names().forEach(name -> attributes.put(name, map.texts(name))));
    return new RuleMatch(
        match.texts("tenant"),
        roles.isEmpty() ? List.of(ParticipantRole.CUSTOMER.name()) : roles,
        attributes);
  }

  private void refuseDurationsWithoutEffect(Condition condition) {
    boolean atEnd =
        condition instanceof Condition.AtEnd || condition instanceof Condition.CallScore;
    for (String name : List.of("for", "keepFiringFor", "cooldown")) {
      if (atEnd && rule.has(name)) {
        rule.problemAt(name, "must be missing: the call has ended");
      }
    }
    if (condition instanceof Condition.Silence) {
      for (String name : List.of("for", "keepFiringFor")) {
        if (rule.has(name)) {
          rule.problemAt(name, "must be missing: silence lasts until somebody speaks");
        }
      }
    }
  }

  private long duration(String name) {
    return rule.value(name, ConditionReader.DURATION_FORM, RuleReader::durationMs).orElse(0L);
  }

  static Optional<Long> durationMs(String text) {
    OptionalLong ms = Durations.parse(text);
    return ms.isPresent() && ms.getAsLong() <= LONGEST_MS
        ? Optional.of(ms.getAsLong())
        : Optional.empty();
  }

  private Map<String, String> texts(String name) {
    Map<String, String> texts = new TreeMap<>();
    Optional<YamlMap> found = rule.map(name);
    if (found.isEmpty()) {
      return texts;
    }
    YamlMap map = found.get();
    for (String key : map.names()) {
      if (matching(NAME, key).isEmpty()) {
        map.problemAt(key, "must have a name of " + NAME_FORM);
      }
      String text = map.text(key).orElse("");
      if (text.contains("{{")) {
        map.problemAt(key, "must be plain text: templates are not supported");
      }
      texts.put(key, text);
    }
    if (texts.size() > MOST_TEXTS) {
      rule.problemAt(name, "must be at most %d, but are %d".formatted(MOST_TEXTS, texts.size()));
    }
    return texts;
  }
}
