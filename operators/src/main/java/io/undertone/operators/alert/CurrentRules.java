package io.undertone.operators.alert;

import io.undertone.alerts.engine.RuleSet;
import io.undertone.alerts.rules.AlertRule;
import io.undertone.alerts.rules.AlertRules;
import io.undertone.alerts.rules.InvalidRulesException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules of the options, as the topic of rules has changed them. */
final class CurrentRules {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentRules.class);

  /** What the state has in place of a rule that was removed. */
  static final String REMOVED = "";

  private CurrentRules() {}

  /**
   * A change that an earlier version took and this one refuses is left out: it must not keep the
   * job from starting.
   *
   * @param changes YAML of rules by their names
   */
  static RuleSet of(String yaml, Iterable<Map.Entry<String, String>> changes) {
    Map<String, AlertRule> rules = new TreeMap<>();
    try {
      AlertRules.parse(yaml).forEach(rule -> rules.put(rule.name(), rule));
    } catch (InvalidRulesException e) {
      throw new IllegalStateException("the options checked these rules before", e);
    }
    for (Map.Entry<String, String> change : changes) {
      try {
        List<AlertRule> changed = AlertRules.parse(change.getValue());
        rules.remove(change.getKey());
        changed.forEach(rule -> rules.put(rule.name(), rule));
      } catch (InvalidRulesException e) {
        LOG.error(
            "the change of alert rule {} in the job's state is no longer valid, and left out: {}",
            change.getKey(),
            e.getMessage());
      }
    }
    return new RuleSet(rules.values());
  }
}
