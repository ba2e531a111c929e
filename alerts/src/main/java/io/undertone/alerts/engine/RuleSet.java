package io.undertone.alerts.engine;

import io.undertone.alerts.rules.AlertRule;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rules by name, in the order of their names. */
public final class RuleSet {
  private final List<AlertRule> rules;
  private final Map<String, AlertRule> byName;

  /** Of rules with different names. */
  public RuleSet(Collection<AlertRule> rules) {
    this.rules = rules.stream().sorted(Comparator.comparing(AlertRule::name)).toList();
    byName = rules.stream().collect(Collectors.toMap(AlertRule::name, Function.identity()));
  }

  List<AlertRule> all() {
    return rules;
  }

  /** The rule, if its version is still this one. */
  public Optional<AlertRule> find(String name, int version) {
    return Optional.ofNullable(byName.get(name)).filter(rule -> rule.version() == version);
  }
}
