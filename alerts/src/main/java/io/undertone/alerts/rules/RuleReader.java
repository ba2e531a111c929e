package io.undertone.alerts.rules;

import io.undertone.schemas.ParticipantRole;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
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
  private final Hearing hearing;
  private final List<RuleProblem> problems;

  private RuleReader(YamlMap rule, Hearing hearing, List<RuleProblem> problems) {
    this.rule = rule;
    this.hearing = hearing;
    this.problems = problems;
  }

  /** Empty if the rule has problems, which are noted. */
  static Optional<AlertRule> read(Node node, Hearing hearing, List<RuleProblem> problems) {
    int before = problems.size();
    YamlMap rule = YamlMap.of(node, "a rule", problems);
    if (problems.size() > before) {
      return Optional.empty();
    }
    return new RuleReader(rule, hearing, problems).read();
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
    if (hearing == Hearing.ONE_SIDE && condition.filter(RuleReader::needsBothSides).isPresent()) {
      rule.problemAt(
          "when",
          "of rule '%s' looks for interruptions, which need the agent's voice activity: the job"
                  .formatted(name)
              + " must have --activity-roles agent");
    }
    RuleMatch match = match(condition);
    long forMs = duration("for");
    long keepFiringForMs = duration("keepFiringFor");
    condition.ifPresent(this::refuseDurationsWithoutEffect);
    long cooldownMs = duration("cooldown");
    Map<String, String> labels = labels(name);
    Map<String, Annotation> annotations = annotations(name, labels.keySet());
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

  private static boolean needsBothSides(Condition condition) {
    return condition instanceof Condition.Interruptions;
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
      match.problemAt("role", "must be missing: the call is judged as a whole");
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
    boolean atEnd = condition instanceof Condition.AtEnd || condition.utterances() == 0;
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

  private Map<String, String> labels(String ruleName) {
    return texts(
        "labels",
        text ->
            text.contains("{{")
                ? List.of(
                    "of rule '%s' must be plain text: only annotations have placeholders"
                        .formatted(ruleName))
                : List.of());
  }

  /**
   * @param labels those of the rule, which placeholders may name
   */
  private Map<String, Annotation> annotations(String ruleName, Set<String> labels) {
    Map<String, Annotation> annotations = new TreeMap<>();
    Map<String, String> texts =
        texts(
            "annotations",
            text ->
                new Annotation(text)
                    .unknown(labels).stream()
                        .map(
                            unknown ->
                                "of rule '%s' must have placeholders of %s, but has %s"
                                    .formatted(ruleName, Annotation.forms(), unknown))
                        .toList());
    texts.forEach((name, text) -> annotations.put(name, new Annotation(text)));
    return annotations;
  }

  /**
   * @param wrong what is wrong with a text
   */
  private Map<String, String> texts(String name, Function<String, List<String>> wrong) {
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
      wrong.apply(text).forEach(problem -> map.problemAt(key, problem));
      texts.put(key, text);
    }
    if (texts.size() > MOST_TEXTS) {
      rule.problemAt(name, "must be at most %d, but are %d".formatted(MOST_TEXTS, texts.size()));
    }
    return texts;
  }
}
