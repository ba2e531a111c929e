package io.undertone.model.torch.memory;

import io.undertone.model.EmotionEstimate;
import java.util.List;

/**
 * An engine whose memories learn tokens. It offers the steps of {@link #recognize} one by one, for
 * experiments that learn something else than whole utterances.
 */
public interface TokenLearningEngine extends MemoryEngine {

  /**
   * Updates each memory with a piece of speech after a prefix. Histories stay the same. An update
   * whose loss or gradient is not finite is dropped.
   *
   * @param prefixes at least one token each
   * @param pieces at least one token each
   */
  void learn(List<? extends LiveMemory> memories, List<int[]> prefixes, List<int[]> pieces);

  /** Appends utterances to the histories; no memory is updated. */
  void append(List<? extends LiveMemory> memories, List<int[]> utterances);

  /**
   * Estimates with memory from the last tokens of the histories; no memory is updated.
   *
   * @param windowTokens at most as many as a history holds
   */
  List<EmotionEstimate> estimate(List<? extends LiveMemory> memories, int windowTokens);
}
