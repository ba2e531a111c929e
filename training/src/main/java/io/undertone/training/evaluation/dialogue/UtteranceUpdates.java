package io.undertone.training.evaluation.dialogue;

import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.SpokenUtterance;
import io.undertone.model.torch.memory.TokenLearningEngine;
import java.util.List;

/**
 * Updates memories with their next utterances; the histories stay the same.
 *
 * @param prefixTokens largest number of tokens before the utterance
 */
public record UtteranceUpdates(TokenLearningEngine engine, int prefixTokens) {

  /**
   * Makes some updates.
   *
   * @param passes updates per utterance
   */
  public void run(int passes, List<LiveMemory> memories, List<SpokenUtterance> utterances) {
    List<int[]> prefixes =
        memories.stream().map(memory -> memory.history().last(prefixTokens)).toList();
    List<int[]> tokens = utterances.stream().map(SpokenUtterance::tokens).toList();
    for (int pass = 0; pass < passes; pass++) {
      engine.learn(memories, prefixes, tokens);
    }
  }
}
