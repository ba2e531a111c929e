package io.undertone.evaluation.dialogue;

import io.undertone.model.MemoryEncoding;
import io.undertone.model.torch.memory.MemoryConfig;
import io.undertone.model.torch.memory.TokenLearningChanges;
import io.undertone.model.torch.memory.TokenLearningConfig;
import java.util.Optional;

/**
 * The memory of an evaluation.
 *
 * @param memory the model's settings or others
 * @param passes updates per utterance; a job makes 1, and only a memory that learns tokens can make
 *     more
 * @param saving encoding in which memories are saved and restored after each utterance; empty keeps
 *     them on the device
 */
public record MemoryPlan(MemoryConfig memory, int passes, Optional<MemoryEncoding> saving) {

  public MemoryPlan {
    if (passes < 1) {
      throw new IllegalArgumentException("passes must be at least 1, but are " + passes);
    }
    if (passes > 1 && memory.tokenLearning().isEmpty()) {
      throw new IllegalArgumentException("passes must be 1 for " + memory + ", but are " + passes);
    }
    if (passes > 1
        && memory.tokenLearning().filter(TokenLearningConfig::reusesPrefix).isPresent()) {
      throw new IllegalArgumentException("passes must be 1 to reuse prefixes, but are " + passes);
    }
  }

  /**
   * The settings of a memory that learns tokens.
   *
   * @throws IllegalArgumentException if it learns something else
   */
  public TokenLearningConfig tokenLearning() {
    return memory
        .tokenLearning()
        .orElseThrow(
            () -> new IllegalArgumentException("memory must learn tokens, but is " + memory));
  }

  /** The same plan with changes to a memory that learns tokens. */
  public MemoryPlan with(TokenLearningChanges changes) {
    return new MemoryPlan(tokenLearning().with(changes), passes, saving);
  }
}
