package io.undertone.training.evaluation.dialogue;

import java.util.List;

/**
 * How far memories have gone from those that read their prefix at every utterance, and what they
 * cost.
 *
 * @param coreMs of an utterance, learned and estimated, on the device's thread
 * @param after some numbers of utterances that a memory had heard
 */
public record Drift(double coreMs, List<After> after) {

  public Drift {
    after = List.copyOf(after);
  }

  /**
   * Over all memories that have heard so many utterances.
   *
   * @param meanWeights L2 norm of the difference of LoRA weights, to that of the exact ones
   * @param mostWeights the largest of them
   * @param meanEstimate largest difference of a probability of this utterance, mean over memories
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
