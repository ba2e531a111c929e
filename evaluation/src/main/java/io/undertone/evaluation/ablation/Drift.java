package io.undertone.evaluation.ablation;

import java.util.List;

/**
 * Difference of memories from exact ones, which read their prefixes at every utterance, and their
 * cost.
 *
 * @param coreMs processor time of an utterance, update and estimate, on the device's thread
 * @param after differences after some numbers of utterances
 */
public record Drift(double coreMs, List<After> after) {

  public Drift {
    after = List.copyOf(after);
  }

  /**
   * Differences over all memories with this number of utterances.
   *
   * @param utterances learned so far
   * @param memories number of memories
   * @param meanWeights relative L2 norm of the difference of LoRA weights, mean over memories
   * @param mostWeights the largest of them
   * @param meanEstimate largest difference of a probability of the utterance, mean over memories
   * @param mostEstimate the largest of them
   */
  public record After(
      int utterances,
      int memories,
      double meanWeights,
      double mostWeights,
      double meanEstimate,
      double mostEstimate) {}
}
