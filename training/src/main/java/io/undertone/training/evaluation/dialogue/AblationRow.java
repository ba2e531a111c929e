package io.undertone.training.evaluation.dialogue;

import io.undertone.training.evaluation.Bootstrap;
import io.undertone.training.evaluation.Metrics;
import java.util.List;
import java.util.Optional;

/**
 * What one setting of an ablation gives.
 *
 * @param setting its name
 * @param window without the memory
 * @param memory with it
 * @param gain of the memory
 * @param drift from exact memories, where it was measured
 */
public record AblationRow(
    String setting, Metrics window, Metrics memory, Gain gain, Optional<Drift> drift) {

  static AblationRow of(
      String setting,
      List<HeardDialogue> heard,
      String window,
      String memory,
      Bootstrap bootstrap) {
    return new AblationRow(
        setting,
        DialogueMetrics.of(heard, window, TurnChoice.ALL),
        DialogueMetrics.of(heard, memory, TurnChoice.ALL),
        Gain.of(heard, memory, window, TurnChoice.ALL, bootstrap),
        Optional.empty());
  }

  AblationRow with(Drift measured) {
    return new AblationRow(setting, window, memory, gain, Optional.of(measured));
  }
}
