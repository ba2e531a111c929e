package io.undertone.operators.decode;

import io.undertone.alerts.rules.AlertRule;
import io.undertone.alerts.rules.AlertRules;
import io.undertone.alerts.rules.Hearing;
import io.undertone.alerts.rules.InvalidRulesException;
import io.undertone.operators.RuleChange;
import io.undertone.operators.StageMetrics;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.LetterBuilder;
import io.undertone.schemas.DeadLetterReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Reads alert rules from records: the key is the name of a rule, and the value the rule as YAML;
 * without a value the rule is removed. Unusable records go to {@link DeadLetters#TAG}.
 */
public final class RulesFunction extends ProcessFunction<IncomingRecord, RuleChange> {
  private static final long serialVersionUID = 1L;

  private final Hearing hearing;
  private transient Counter deadLetters;

  /**
   * @param hearing what the job hears: rules that need more are refused
   */
  @SuppressWarnings("NullAway.Init") // Flink calls open first.
  public RulesFunction(Hearing hearing) {
    this.hearing = hearing;
  }

  @Override
  public void open(OpenContext context) {
    deadLetters = new StageMetrics(getRuntimeContext()).counter("deadLetters");
  }

  @Override
  public void processElement(IncomingRecord record, Context context, Collector<RuleChange> out) {
    try {
      out.collect(change(record));
    } catch (InvalidRulesException | MalformedRecordException e) {
      deadLetters.inc();
      LetterBuilder letter = record.letter(reason(e), e);
      if (record.value() != null) {
        letter.setValue(ByteBuffer.wrap(record.value()));
      }
      context.output(DeadLetters.TAG, letter.build());
    }
  }

  private static DeadLetterReason reason(Exception failure) {
    return failure instanceof InvalidRulesException
        ? DeadLetterReason.INVALID
        : DeadLetterReason.MALFORMED;
  }

  private RuleChange change(IncomingRecord record)
      throws InvalidRulesException, MalformedRecordException {
    if (record.key() == null) {
      throw new MalformedRecordException("key must be the name of an alert rule, but is null");
    }
    String name = text("key", record.key());
    if (record.value() == null) {
      return new RuleChange(name, null);
    }
    String yaml = text("value", record.value());
    List<AlertRule> rules = AlertRules.parse(yaml, hearing);
    if (rules.size() != 1 || !rules.get(0).name().equals(name)) {
      throw new MalformedRecordException(
          "value must be the alert rule '%s', as its key says, but has the rules %s"
              .formatted(name, rules.stream().map(AlertRule::name).toList()));
    }
    return new RuleChange(name, yaml);
  }

  private static String text(String field, byte[] bytes) throws MalformedRecordException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedRecordException(field + " must be text in UTF-8, but is not", e);
    }
  }
}
