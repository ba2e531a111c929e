package io.undertone.operators.alert;

import io.undertone.alerts.engine.RuleSet;
import io.undertone.alerts.rules.AlertRule;
import io.undertone.alerts.rules.AlertRules;
import io.undertone.alerts.rules.InvalidRulesException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules of the options, as the topic of rules has changed them. */
final class CurrentRules {
  /** What the state has in place of a rule that was removed. */
  static final String REMOVED = "";

  private CurrentRules() {}

  /**
   * @param changes YAML of rules by their names
   */
  static RuleSet of(String yaml, Iterable<Map.Entry<String, String>> changes) {
    Map<String, AlertRule> rules = new TreeMap<>();
    parse(yaml).forEach(rule -> rules.put(rule.name(), rule));
    for (Map.Entry<String, String> change : changes) {
      rules.remove(change.getKey());
      parse(change.getValue()).forEach(rule -> rules.put(rule.name(), rule));
    }
    return new RuleSet(rules.values());
  }

  private static List<AlertRule> parse(String yaml) {
    try {
      return AlertRules.parse(yaml);
    } catch (InvalidRulesException e) {
      throw new IllegalStateException("rules were valid before, but are not now", e);
    }
  }
}
