package io.undertone.cli.evaluate.plot;

import io.undertone.evaluation.dialogue.Conditions;
import java.util.List;

/** The color of each of {@link Conditions#ALL}. */
final class ConditionColors {
  private static final List<String> COLORS =
      List.of("#888", "#bbb", "#37b", "#8bf", "#c33", "#f88");

  private ConditionColors() {}

  static String of(String condition) {
    return COLORS.get(Conditions.ALL.indexOf(condition));
  }
}
