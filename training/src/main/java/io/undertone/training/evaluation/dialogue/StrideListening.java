package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.SpokenUtterance;
import io.undertone.model.torch.memory.TokenLearningEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Memories learn pieces of a fixed length, wherever utterances end; the rest of an utterance is
 * learned with the next. Estimates are read at the end of each utterance. Gives {@link
 * Conditions#WINDOW} and {@link Conditions#MEMORY}.
 */
final class StrideListening implements Listening {
  private final TokenLearningEngine engine;
  private final MemoryPlan plan;
  private final int strideTokens;

  StrideListening(TokenLearningEngine engine, MemoryPlan plan, int strideTokens) {
    this.engine = engine;
    this.plan = plan;
    this.strideTokens = strideTokens;
  }

  @Override
  public Map<String, List<EmotionEstimate>> hear(
      List<EvaluatedChannel> channels, List<SpokenUtterance> utterances) {
    for (int i = 0; i < channels.size(); i++) {
      channels.get(i).append(utterances.get(i).tokens());
    }
    List<EvaluatedChannel> ready = ready(channels);
    while (!ready.isEmpty()) {
      learn(ready);
      ready = ready(channels);
    }
    List<LiveMemory> memories = memories(channels);
    engine.append(memories, utterances.stream().map(SpokenUtterance::tokens).toList());
    int windowTokens = plan.memory().windowTokens();
    Map<String, List<EmotionEstimate>> estimates = new LinkedHashMap<>();
    estimates.put(Conditions.MEMORY, engine.estimate(memories, windowTokens));
    estimates.put(
        Conditions.WINDOW, engine.estimateWithoutMemory(Windows.last(memories, windowTokens)));
    return estimates;
  }

  private void learn(List<EvaluatedChannel> channels) {
    int prefixTokens = plan.tokenLearning().prefixTokens();
    List<int[]> prefixes = channels.stream().map(channel -> channel.prefix(prefixTokens)).toList();
    List<int[]> pieces = channels.stream().map(channel -> channel.takePiece(strideTokens)).toList();
    for (int pass = 0; pass < plan.passes(); pass++) {
      engine.learn(memories(channels), prefixes, pieces);
    }
  }

  private List<EvaluatedChannel> ready(List<EvaluatedChannel> channels) {
    return channels.stream().filter(channel -> channel.unlearned() >= strideTokens).toList();
  }

  private static List<LiveMemory> memories(List<EvaluatedChannel> channels) {
    return channels.stream().map(EvaluatedChannel::memory).toList();
  }
}
