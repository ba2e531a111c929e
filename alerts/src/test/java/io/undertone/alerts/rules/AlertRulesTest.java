package io.undertone.alerts.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.undertone.alerts.rules.Condition.AtEnd;
import io.undertone.alerts.rules.Condition.CallScore;
import io.undertone.alerts.rules.Condition.Interruptions;
import io.undertone.alerts.rules.Condition.Shift;
import io.undertone.alerts.rules.Condition.Silence;
import io.undertone.alerts.rules.Condition.Sustained;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AlertRulesTest {

  @Test
  void readsEveryWord() throws InvalidRulesException {
    List<AlertRule> rules =
        AlertRules.parse(
            """
            - alert: SustainedAnger
              version: 3
              match: {tenant: acme, role: [CUSTOMER, UNKNOWN], attributes: {queue: [a, b]}}
              when: {emotion: angry, probability: ">= 0.6", utterances: 3}
              for: 20s
              keepFiringFor: 1m30s
              cooldown: 5m
              labels: {severity: page}
              annotations: {summary: Somebody is angry}
            """);

    assertThat(rules)
        .containsExactly(
            new AlertRule(
                "SustainedAnger",
                3,
                new RuleMatch(
                    List.of("acme"),
                    List.of("CUSTOMER", "UNKNOWN"),
                    Map.of("queue", List.of("a", "b"))),
                new Sustained(
                    Feeling.ANGRY, Optional.of(new Bound(Bound.Operator.AT_LEAST, 0.6)), 3),
                20_000,
                90_000,
                300_000,
                Map.of("severity", "page"),
                Map.of("summary", new Annotation("Somebody is angry"))));
  }

  @Test
  void theDefaultRulesHaveEachKindOfConditionOfOneSide() throws InvalidRulesException {
    assertThat(AlertRules.parse(AlertRules.defaultYaml()))
        .extracting(rule -> (Object) rule.condition().getClass())
        .containsExactlyInAnyOrder(
            Sustained.class, Shift.class, Silence.class, AtEnd.class, CallScore.class);
  }

  @Test
  void interruptionsNeedBothSides() throws InvalidRulesException {
    String yaml = "- alert: Rude\n  when: {interruptions: '>= 3', by: AGENT}";

    assertThat(AlertRules.parse(yaml, Hearing.BOTH_SIDES))
        .extracting(AlertRule::condition)
        .containsExactly(
            new Interruptions(new Bound(Bound.Operator.AT_LEAST, 3), Optional.of("AGENT")));
    InvalidRulesException refused =
        catchThrowableOfType(
            InvalidRulesException.class, () -> AlertRules.parse(yaml, Hearing.ONE_SIDE));
    assertThat(refused)
        .hasMessage(
            "2:9: 'when' of rule 'Rude' looks for interruptions, which need the agent's voice"
                + " activity: the job must have --activity-roles agent");
  }

  @Test
  void theDefaultRulesNeedOneSideOnly() throws InvalidRulesException {
    assertThat(AlertRules.parse(AlertRules.defaultYaml(), Hearing.ONE_SIDE)).isNotEmpty();
  }

  @Test
  void looksAtCustomersOnlyUnlessItSaysOtherwise() throws InvalidRulesException {
    assertThat(AlertRules.parse("{alert: A, when: {emotion: sad}}"))
        .extracting(rule -> rule.match().roles())
        .containsExactly(List.of("CUSTOMER"));
  }

  @Test
  void anEmptyFileHasNoRules() throws InvalidRulesException {
    assertThat(AlertRules.parse("# nothing yet\n")).isEmpty();
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("alert: A\nwhen: {emotion: [", "2:18: not YAML: "),
        Arguments.of("- 7", "1:3: a rule must be a map of names to values"),
        Arguments.of("- when: {emotion: sad}", "1:3: 'alert' must name the rule, but is missing"),
        Arguments.of(
            "- alert: 9 lives\n  when: {emotion: sad}",
            "1:10: 'alert' must be up to 64 letters, digits and underscores, no digit first, but"
                + " is '9 lives'"),
        Arguments.of(
            "- alert: A\n  wen: {emotion: sad}",
            "2:3: 'wen' must be one of alert, annotations, cooldown, for, keepFiringFor, labels,"
                + " match, version, when\n"
                + "1:3: 'when' must say what the rule looks for, but is missing"),
        Arguments.of(
            "- alert: A\n  when: {emotion: furious}",
            "2:19: 'emotion' must be one of happy, sad, angry, neutral, positive, negative, but is"
                + " 'furious'"),
        Arguments.of(
            "- alert: A\n  when:\n    emotion: sad\n    probability: 0.6",
            "4:18: 'probability' must be a comparison with a number, such as '>= 0.6', but is"
                + " '0.6'"),
        Arguments.of(
            "- alert: A\n  when: {emotion: sad, probability: '>= 6'}",
            "2:37: 'probability' must be compared with a number from 0 to 1"),
        Arguments.of(
            "- alert: A\n  when: {emotion: sad, utterances: 21}",
            "2:36: 'utterances' must be a whole number from 1 to 20, but is '21'"),
        Arguments.of(
            "- alert: A\n  when: {interruptions: 3}",
            "2:25: 'interruptions' must be a comparison with a number, such as '>= 5', but is"
                + " '3'"),
        Arguments.of(
            "- alert: A\n  when: {interruptions: '>= 3', by: BOSS}",
            "2:37: 'by' must be one of CUSTOMER, AGENT, but is 'BOSS'"),
        Arguments.of(
            "- alert: A\n  when: {interruptions: '>= 3'}\n  for: 3s",
            "3:8: 'for' must be missing: the call has ended"),
        Arguments.of(
            "- alert: A\n  when: {emotion: sad, silence: 3s}",
            "2:33: 'silence' must not be there beside 'emotion'"),
        Arguments.of(
            "- alert: A\n  when: {utterances: 3}",
            "2:9: 'when' must have one of emotion, shift, silence, atEnd, callScore,"
                + " interruptions"),
        Arguments.of(
            "- alert: A\n  when: {emotion: sad}\n  for: soon",
            "3:8: 'for' must be a duration of at most 24h, such as 20s or 1m30s, but is 'soon'"),
        Arguments.of(
            "- alert: A\n  when: {callScore: '< -1'}",
            "2:21: 'callScore' must be compared with a number from 0 to 100"),
        Arguments.of(
            "- alert: A\n  when: {callScore: '< 0'}\n  for: 3s",
            "3:8: 'for' must be missing: the call has ended"),
        Arguments.of(
            "- alert: A\n  when: {callScore: '< 0'}\n  match: {role: AGENT}",
            "3:17: 'role' must be missing: the call is judged as a whole"),
        Arguments.of(
            "- alert: A\n  when: {silence: 3s, after: sad}\n  keepFiringFor: 3s",
            "3:18: 'keepFiringFor' must be missing: silence lasts until somebody speaks"),
        Arguments.of(
            "- alert: A\n  when: {emotion: sad}\n  match: {role: BOSS}",
            "3:17: 'role' must be of CUSTOMER, AGENT, UNKNOWN, but is [BOSS]"),
        Arguments.of(
            "- alert: A\n  when: {emotion: sad}\n  labels: {severity: '{{ x }}'}",
            "3:22: 'severity' of rule 'A' must be plain text: only annotations have"
                + " placeholders"),
        Arguments.of(
            "- alert: A\n  when: {emotion: sad}\n  annotations: {summary: 'Is {{ $mood }}'}",
            "3:26: 'summary' of rule 'A' must have placeholders of {{ $call }}, "),
        Arguments.of(
            "- alert: A\n  when: {emotion: sad}\n- alert: A\n  when: {emotion: sad}",
            "3:3: rule 'A' must be there once, but is there twice"),
        Arguments.of(
            "- alert: A\n  when: {shift: {from: sad, to: sad}}",
            "2:33: 'to' must differ from 'from', but is sad"),
        Arguments.of(
            "- alert: A\n  alert: B\n  when: {emotion: sad}",
            "2:3: 'alert' must be there once, but is there twice"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void namesTheLineOfEachProblem(String yaml, String message) {
    InvalidRulesException failure =
        catchThrowableOfType(InvalidRulesException.class, () -> AlertRules.parse(yaml));

    assertThat(failure).isNotNull().message().startsWith(message);
  }

  @Test
  void tellsAllProblemsAtOnce() {
    InvalidRulesException failure =
        catchThrowableOfType(
            InvalidRulesException.class,
            () ->
                AlertRules.parse(
                    """
                    - alert: A
                      when: {emotion: furious}
                    - alert: B
                      when: {emotion: sad}
                      cooldown: never
                    """));

    assertThat(failure.problems()).extracting(RuleProblem::line).containsExactly(2, 5);
  }

  @Test
  void aHugeDocumentIsNoRules() {
    String bomb = "a: &a [x]\n".repeat(100_000);

    assertThat(catchThrowableOfType(InvalidRulesException.class, () -> AlertRules.parse(bomb)))
        .isNotNull();
  }
}
