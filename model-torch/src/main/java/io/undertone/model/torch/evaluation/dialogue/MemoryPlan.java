package io.undertone.model.torch.evaluation.dialogue;

import io.undertone.model.MemoryEncoding;
import io.undertone.model.torch.dpm.MemorySettings;
import java.util.Optional;

/**
 * How memories learn in an evaluation.
 *
 * @param settings of the memory, those of the model or others
 * @param passes updates an utterance; the product makes 1
 * @param saving memories are saved like that after each utterance, and loaded; none: they stay
 */
public record MemoryPlan(MemorySettings settings, int passes, Optional<MemoryEncoding> saving) {

  public MemoryPlan {
    if (passes < 1) {
      throw new IllegalArgumentException("passes must be at least 1, but are " + passes);
    }
  }

  /** The same with another window. */
  MemoryPlan withWindow(int windowTokens) {
    return new MemoryPlan(
        new MemorySettings(
            settings.rank(),
            settings.alpha(),
            settings.targets(),
            settings.optimizer(),
            settings.prefixTokens(),
            windowTokens),
        passes,
        saving);
  }
}
