package io.undertone.alerts.rules;

import io.undertone.alerts.rules.Condition.AtEnd;
import io.undertone.alerts.rules.Condition.CallScore;
import io.undertone.alerts.rules.Condition.Interruptions;
import io.undertone.alerts.rules.Condition.Shift;
import io.undertone.alerts.rules.Condition.Silence;
import io.undertone.alerts.rules.Condition.Sustained;
import io.undertone.schemas.ParticipantRole;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code when}. The name that it begins with says what kind of condition it is. */
final class ConditionReader {
  static final String DURATION_FORM = "a duration of at most 24h, such as 20s or 1m30s";

  private static final String UTTERANCES = "utterances";
  private static final String INTERRUPTIONS = "interruptions";
  private static final int MOST_UTTERANCES = 20;
  private static final List<String> KINDS =
      List.of("emotion", "shift", "silence", "atEnd", "callScore", INTERRUPTIONS);
  private static final List<String> INTERRUPTERS =
      List.of(ParticipantRole.CUSTOMER.name(), ParticipantRole.AGENT.name());

  private final YamlMap when;

  private ConditionReader(YamlMap when) {
    this.when = when;
  }

  /** Empty if there are problems, which are noted. */
  static Optional<Condition> read(YamlMap when) {
    return new ConditionReader(when).read();
  }

  private Optional<Condition> read() {
    List<String> kinds = KINDS.stream().filter(when::has).toList();
    if (kinds.size() != 1) {
      when.problemAt(
          kinds.isEmpty() ? "when" : kinds.get(1),
          kinds.isEmpty()
              ? "must have one of " + String.join(", ", KINDS)
              : "must not be there beside '" + kinds.get(0) + "'");
      return Optional.empty();
    }
    return switch (kinds.get(0)) {
      case "emotion" -> sustained();
      case "shift" -> shift();
      case "silence" -> silence();
      case "atEnd" -> atEnd();
      case "callScore" -> callScore();
      default -> interruptions();
    };
  }

  private Optional<Condition> sustained() {
    when.refuseOthersThan(Set.of("emotion", "probability", UTTERANCES));
    Optional<Bound> probability =
        when.value("probability", "a comparison with a number, such as '>= 0.6'", Bound::parse);
    if (probability.filter(bound -> bound.value() < 0 || bound.value() > 1).isPresent()) {
      when.problemAt("probability", "must be compared with a number from 0 to 1");
    }
    int utterances = utterances();
    return feeling(when, "emotion").map(emotion -> new Sustained(emotion, probability, utterances));
  }

  private Optional<Condition> shift() {
    when.refuseOthersThan(Set.of("shift"));
    Optional<YamlMap> shift = when.map("shift");
    if (shift.isEmpty()) {
      return Optional.empty();
    }
    shift.get().refuseOthersThan(Set.of("from", "to"));
    Optional<Feeling> from = feeling(shift.get(), "from");
    Optional<Feeling> to = feeling(shift.get(), "to");
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    if (from.equals(to)) {
      shift.get().problemAt("to", "must differ from 'from', but is " + to.get());
    }
    return Optional.of(new Shift(from.get(), to.get()));
  }

  private Optional<Condition> silence() {
    when.refuseOthersThan(Set.of("silence", "after"));
    Optional<Long> silenceMs =
        when.value(
            "silence",
            DURATION_FORM,
            text -> RuleReader.durationMs(text).filter(durationMs -> durationMs > 0));
    Optional<Feeling> after = feeling(when, "after");
    return silenceMs.isPresent() && after.isPresent()
        ? Optional.of(new Silence(silenceMs.get(), after.get()))
        : Optional.empty();
  }

  private Optional<Condition> atEnd() {
    when.refuseOthersThan(Set.of("atEnd", UTTERANCES));
    int utterances = utterances();
    return feeling(when, "atEnd").map(emotion -> new AtEnd(emotion, utterances));
  }

  private Optional<Condition> callScore() {
    when.refuseOthersThan(Set.of("callScore"));
    Optional<Bound> score =
        when.value("callScore", "a comparison with a number, such as '< 30'", Bound::parse);
    if (score.filter(bound -> bound.value() < 0 || bound.value() > 100).isPresent()) {
      when.problemAt("callScore", "must be compared with a number from 0 to 100");
    }
    return score.map(CallScore::new);
  }

  private Optional<Condition> interruptions() {
    when.refuseOthersThan(Set.of(INTERRUPTIONS, "by"));
    Optional<String> by =
        when.value(
            "by",
            "one of " + String.join(", ", INTERRUPTERS),
            role -> Optional.of(role).filter(INTERRUPTERS::contains));
    return when.value(INTERRUPTIONS, "a comparison with a number, such as '>= 5'", Bound::parse)
        .map(count -> new Interruptions(count, by));
  }

  private int utterances() {
    return when.value(
            UTTERANCES,
            "a whole number from 1 to " + MOST_UTTERANCES,
            text -> count(text, MOST_UTTERANCES))
        .orElse(1);
  }

  static Optional<Integer> count(String text, int most) {
    try {
      int count = Integer.parseInt(text);
      return count >= 1 && count <= most ? Optional.of(count) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Feeling> feeling(YamlMap map, String name) {
    if (!map.has(name)) {
      map.problemAt(name, "must be one of " + Feeling.names() + ", but is missing");
    }
    return map.value(name, "one of " + Feeling.names(), Feeling::of);
  }
}
