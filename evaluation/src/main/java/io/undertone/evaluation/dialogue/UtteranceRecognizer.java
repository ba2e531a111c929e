package io.undertone.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.Recognition;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.MemoryEngine;
import io.undertone.model.torch.memory.TokenizedUtterance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recognizes as a job does: one update per utterance. Gives {@link Conditions#WINDOW} and {@link
 * Conditions#MEMORY}.
 */
final class UtteranceRecognizer implements TurnRecognizer {
  private final MemoryEngine engine;
  private final MemoryPlan plan;

  UtteranceRecognizer(MemoryEngine engine, MemoryPlan plan) {
    this.engine = engine;
    this.plan = plan;
  }

  @Override
  public Map<String, List<EmotionEstimate>> recognize(
      List<EvaluatedChannel> channels, List<TokenizedUtterance> utterances) {
    List<LiveMemory> memories = EvaluatedChannel.memories(channels);
    List<Recognition> recognitions = engine.recognize(memories, utterances);
    List<TokenizedUtterance> windows =
        Windows.last(memories, utterances, plan.memory().windowTokens());
    Map<String, List<EmotionEstimate>> estimates = new LinkedHashMap<>();
    estimates.put(Conditions.MEMORY, recognitions.stream().map(Recognition::estimate).toList());
    estimates.put(Conditions.WINDOW, engine.estimateWithoutMemory(windows));
    plan.saving()
        .ifPresent(encoding -> channels.forEach(channel -> channel.saveAndRestore(encoding)));
    return estimates;
  }
}
