package io.undertone.evaluation.ablation;

import io.undertone.evaluation.comparison.DialogueMetrics;
import io.undertone.evaluation.comparison.Gain;
import io.undertone.evaluation.comparison.TurnChoice;
import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.training.evaluation.Bootstrap;
import io.undertone.training.evaluation.Metrics;
import java.util.List;
import java.util.Optional;

/**
 * The result of one setting of an ablation.
 *
 * @param setting its name
 * @param window without memory
 * @param memory with memory
 * @param gain of the memory
 * @param drift from exact memories, where it was measured
 */
public record AblationRow(
    String setting, Metrics window, Metrics memory, Gain gain, Optional<Drift> drift) {

  static AblationRow of(
      String setting,
      List<EvaluatedDialogue> evaluated,
      String window,
      String memory,
      Bootstrap bootstrap) {
    return new AblationRow(
        setting,
        DialogueMetrics.of(evaluated, window, TurnChoice.ALL),
        DialogueMetrics.of(evaluated, memory, TurnChoice.ALL),
        Gain.of(evaluated, memory, window, TurnChoice.ALL, bootstrap),
        Optional.empty());
  }

  AblationRow with(Drift measured) {
    return new AblationRow(setting, window, memory, gain, Optional.of(measured));
  }
}
