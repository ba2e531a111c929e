package io.undertone.training.evaluation.dialogue;

import io.undertone.model.MemoryEncoding;
import io.undertone.model.torch.dpm.MemoryRecipe;
import io.undertone.model.torch.dpm.MemorySettings;
import java.util.Optional;

/**
 * How memories learn in an evaluation.
 *
 * @param recipe of the memory, that of the model or another
 * @param passes updates an utterance; the product makes 1, and so does who learns estimates
 * @param saving memories are saved like that after each utterance, and loaded; none: they stay
 */
public record MemoryPlan(MemoryRecipe recipe, int passes, Optional<MemoryEncoding> saving) {

  public MemoryPlan {
    if (passes < 1) {
      throw new IllegalArgumentException("passes must be at least 1, but are " + passes);
    }
    if (passes > 1 && !(recipe instanceof MemorySettings)) {
      throw new IllegalArgumentException("passes must be 1 for " + recipe + ", but are " + passes);
    }
    if (passes > 1 && recipe instanceof MemorySettings settings && settings.reusesPrefix()) {
      throw new IllegalArgumentException("passes must be 1 to reuse prefixes, but are " + passes);
    }
  }

  /**
   * How tokens are learned.
   *
   * @throws IllegalStateException if they are not
   */
  MemorySettings settings() {
    if (recipe instanceof MemorySettings settings) {
      return settings;
    }
    throw new IllegalStateException("memories must learn tokens, but are " + recipe);
  }

  /** The same with prefixes that are read at every k-th utterance. */
  MemoryPlan withPrefixRefresh(int utterances) {
    return new MemoryPlan(settings().withPrefixRefresh(utterances), passes, saving);
  }

  /** The same with another window. */
  MemoryPlan withWindow(int windowTokens) {
    MemorySettings settings = settings();
    return new MemoryPlan(
        new MemorySettings(
            settings.rank(),
            settings.alpha(),
            settings.targets(),
            settings.optimizer(),
            settings.prefixTokens(),
            windowTokens,
            settings.prefixRefreshUtterances()),
        passes,
        saving);
  }
}
