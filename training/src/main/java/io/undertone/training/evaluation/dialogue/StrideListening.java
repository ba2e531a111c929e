package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.dpm.DynamicParameterMemory;
import io.undertone.model.torch.dpm.TemporaryLora;
import io.undertone.model.torch.tokenizer.Delivery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Memories learn pieces of a fixed length, wherever utterances end; what is left of an utterance is
 * learned with the next. Estimates are read at the end of each utterance. Gives {@link
 * Conditions#WINDOW} and {@link Conditions#MEMORY}.
 */
final class StrideListening implements Listening {
  private final DynamicParameterMemory dpm;
  private final MemoryPlan plan;
  private final int strideTokens;

  StrideListening(DynamicParameterMemory dpm, MemoryPlan plan, int strideTokens) {
    this.dpm = dpm;
    this.plan = plan;
    this.strideTokens = strideTokens;
  }

  @Override
  public Map<String, List<EmotionEstimate>> hear(
      List<Call> calls, List<int[]> utterances, List<Delivery> deliveries) {
    for (int i = 0; i < calls.size(); i++) {
      calls.get(i).say(utterances.get(i));
    }
    List<Call> ready = ready(calls);
    while (!ready.isEmpty()) {
      learn(ready);
      ready = ready(calls);
    }
    List<TemporaryLora> memories = memories(calls);
    dpm.remember(memories, utterances);
    int windowTokens = plan.settings().windowTokens();
    Map<String, List<EmotionEstimate>> estimates = new LinkedHashMap<>();
    estimates.put(Conditions.MEMORY, dpm.estimate(memories, windowTokens));
    estimates.put(Conditions.WINDOW, dpm.estimateWithoutMemory(memories, windowTokens));
    return estimates;
  }

  private void learn(List<Call> calls) {
    int prefixTokens = plan.settings().prefixTokens();
    List<int[]> prefixes = calls.stream().map(call -> call.prefix(prefixTokens)).toList();
    List<int[]> pieces = calls.stream().map(call -> call.takePiece(strideTokens)).toList();
    for (int pass = 0; pass < plan.passes(); pass++) {
      dpm.learn(memories(calls), prefixes, pieces);
    }
  }

  private List<Call> ready(List<Call> calls) {
    return calls.stream().filter(call -> call.unlearned() >= strideTokens).toList();
  }

  private static List<TemporaryLora> memories(List<Call> calls) {
    return calls.stream().map(Call::memory).toList();
  }
}
