package io.undertone.operators.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.alerts.rules.Hearing;
import io.undertone.operators.RuleChange;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RulesFunctionTest {
  private static final String RULE = "{alert: Sad, when: {emotion: sad}}";

  private final List<RuleChange> changes = new ArrayList<>();
  private final List<DeadLetter> letters = new ArrayList<>();

  @Test
  void aRecordSetsOrRemovesTheRuleOfItsKey() throws Exception {
    process(record("Sad", RULE), record("Sad", null));

    assertThat(changes).containsExactly(new RuleChange("Sad", RULE), new RuleChange("Sad", null));
    assertThat(letters).isEmpty();
  }

  @Test
  void recordsThatAreNoRuleBecomeDeadLetters() throws Exception {
    process(
        record(null, RULE),
        record("Other", RULE),
        record("Sad", "- " + RULE + "\n- {alert: B, when: {emotion: sad}}"),
        record("Sad", ""),
        record("Sad", "alert: Sad\nwhen: {emotion: furious}"),
        record("Sad", "alert: Sad\nwhen: {interruptions: '> 3'}"),
        new IncomingRecord("rules", 0, 7, bytes("Sad"), new byte[] {(byte) 0xff}, 0),
        record("Sad", RULE));

    assertThat(changes).containsExactly(new RuleChange("Sad", RULE));
    assertThat(letters)
        .extracting(DeadLetter::getMessage)
        .containsExactly(
            "key must be the name of an alert rule, but is null",
            "value must be the alert rule 'Other', as its key says, but has the rules [Sad]",
            "value must be the alert rule 'Sad', as its key says, but has the rules [Sad, B]",
            "value must be the alert rule 'Sad', as its key says, but has the rules []",
            "2:17: 'emotion' must be one of happy, sad, angry, neutral, positive, negative, but is"
                + " 'furious'",
            "2:7: 'when' of rule 'Sad' looks for interruptions, which need the agent's voice"
                + " activity: the job must have --activity-roles agent",
            "value must be text in UTF-8, but is not");
    assertThat(letters.get(4).getReason()).isEqualTo(DeadLetterReason.INVALID);
    assertThat(letters.get(4).getTopic()).isEqualTo("rules");
    assertThat(letters.get(4).getValue().remaining()).isPositive();
  }

  private void process(IncomingRecord... records) throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new RulesFunction(Hearing.ONE_SIDE)))) {
      harness.open();
      for (IncomingRecord record : records) {
        harness.processElement(record, 0);
      }
      changes.addAll(harness.extractOutputValues());
      var side = harness.getSideOutput(DeadLetters.TAG);
      if (side != null) {
        side.forEach(letter -> letters.add(letter.getValue()));
      }
    }
  }

  private static IncomingRecord record(@Nullable String key, @Nullable String value) {
    return new IncomingRecord(
        "rules", 0, 7, key == null ? null : bytes(key), value == null ? null : bytes(value), 0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
