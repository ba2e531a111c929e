package io.undertone.operators.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.alerts.engine.RuleSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurrentRulesTest {
  private static final String OF_OPTIONS = rule(1, "< 30");

  @Test
  void aChangeReplacesTheRuleOfTheOptions() {
    RuleSet rules = changedBy(rule(2, "< 40"));

    assertThat(rules.find("Low", 1)).isEmpty();
    assertThat(rules.find("Low", 2)).isPresent();
  }

  @Test
  void aRemovedRuleIsGone() {
    assertThat(changedBy(CurrentRules.REMOVED).find("Low", 1)).isEmpty();
  }

  /** Earlier versions compared scores with numbers from -5 to 5. */
  @Test
  void aChangeThatIsNoLongerValidLeavesTheRuleOfTheOptions() {
    RuleSet rules = changedBy(rule(2, "< -2"));

    assertThat(rules.find("Low", 1)).isPresent();
    assertThat(rules.find("Low", 2)).isEmpty();
  }

  private static RuleSet changedBy(String yaml) {
    return CurrentRules.of(OF_OPTIONS, List.of(Map.entry("Low", yaml)));
  }

  private static String rule(int version, String score) {
    return """
        - alert: Low
          version: %d
          when: {callScore: "%s"}
          labels: {severity: info}
        """
        .formatted(version, score);
  }
}
