package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.Recognition;
import io.undertone.model.torch.dpm.DynamicParameterMemory;
import io.undertone.model.torch.dpm.TemporaryLora;
import io.undertone.model.torch.tokenizer.Delivery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hears as the product does: each memory learns each utterance once it has ended. Gives {@link
 * Conditions#WINDOW} and {@link Conditions#MEMORY}.
 */
final class UtteranceListening implements Listening {
  private final DynamicParameterMemory dpm;
  private final MemoryPlan plan;

  UtteranceListening(DynamicParameterMemory dpm, MemoryPlan plan) {
    this.dpm = dpm;
    this.plan = plan;
  }

  @Override
  public Map<String, List<EmotionEstimate>> hear(
      List<Call> calls, List<int[]> utterances, List<Delivery> deliveries) {
    List<TemporaryLora> memories = calls.stream().map(Call::memory).toList();
    Map<String, List<EmotionEstimate>> estimates = new LinkedHashMap<>();
    estimates.put(Conditions.MEMORY, hearAll(memories, utterances, deliveries));
    estimates.put(Conditions.WINDOW, dpm.estimateAsStranger(memories, deliveries));
    plan.saving().ifPresent(encoding -> calls.forEach(call -> call.save(encoding, dpm)));
    return estimates;
  }

  private List<EmotionEstimate> hearAll(
      List<TemporaryLora> memories, List<int[]> utterances, List<Delivery> deliveries) {
    for (int pass = 1; pass < plan.passes(); pass++) {
      learn(dpm, plan, memories, utterances);
    }
    return dpm.hear(memories, utterances, deliveries).stream().map(Recognition::estimate).toList();
  }

  /** One update on each memory's next utterance, which does not join the history. */
  static void learn(
      DynamicParameterMemory dpm,
      MemoryPlan plan,
      List<TemporaryLora> memories,
      List<int[]> utterances) {
    int prefixTokens = plan.settings().prefixTokens();
    dpm.learn(
        memories, memories.stream().map(memory -> memory.last(prefixTokens)).toList(), utterances);
  }
}
