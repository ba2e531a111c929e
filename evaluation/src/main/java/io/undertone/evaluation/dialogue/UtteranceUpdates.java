package io.undertone.evaluation.dialogue;

import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.TokenLearningEngine;
import io.undertone.model.torch.memory.TokenizedUtterance;
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
  public void run(int passes, List<LiveMemory> memories, List<TokenizedUtterance> utterances) {
    List<int[]> prefixes =
        memories.stream().map(memory -> memory.history().last(prefixTokens)).toList();
    List<int[]> tokens = utterances.stream().map(TokenizedUtterance::tokens).toList();
    for (int pass = 0; pass < passes; pass++) {
      engine.learn(memories, prefixes, tokens);
    }
  }
}
