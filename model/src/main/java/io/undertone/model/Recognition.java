package io.undertone.model;

import java.util.Optional;

/**
 * The estimate of an utterance, and the memory's update with it.
 *
 * @param withoutMemory what the model estimates without the memory, as of an unknown speaker; empty
 *     if that would cost as much again
 */
public record Recognition(
    EmotionEstimate estimate, MemoryUpdate update, Optional<EmotionEstimate> withoutMemory) {

  /** Without the estimate that does without the memory. */
  public Recognition(EmotionEstimate estimate, MemoryUpdate update) {
    this(estimate, update, Optional.empty());
  }
}
