package io.undertone.evaluation.ablation;

import io.undertone.evaluation.dialogue.Conditions;
import io.undertone.evaluation.dialogue.DialogueRunner;
import io.undertone.evaluation.dialogue.EvaluatedChannel;
import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.evaluation.dialogue.MemoryPlan;
import io.undertone.evaluation.dialogue.TurnRecognizer;
import io.undertone.evaluation.dialogue.Windows;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.TokenLearningConfig;
import io.undertone.model.torch.memory.TokenLearningEngine;
import io.undertone.model.torch.memory.TokenizedUtterance;
import io.undertone.training.corpus.Dialogue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Memories learn pieces of a fixed length, wherever utterances end; the rest of an utterance is
 * learned with the next. Estimates are read at the end of each utterance. Gives {@link
 * Conditions#WINDOW} and {@link Conditions#MEMORY}.
 */
final class StrideRecognizer implements TurnRecognizer {
  private final TokenLearningEngine engine;
  private final MemoryPlan plan;
  private final int strideTokens;
  private final Map<EvaluatedChannel, TokenStream> streams = new HashMap<>();

  private StrideRecognizer(TokenLearningEngine engine, MemoryPlan plan, int strideTokens) {
    this.engine = engine;
    this.plan = plan;
    this.strideTokens = strideTokens;
  }

  /** Estimates all turns with memories that learn in strides. */
  static List<EvaluatedDialogue> run(
      DialogueRunner runner, List<Dialogue> dialogues, MemoryPlan plan, int strideTokens) {
    TokenLearningConfig memory = plan.tokenLearning();
    try (TokenLearningEngine engine = memory.open(runner.context())) {
      return runner.run(
          "turns in strides of " + strideTokens,
          dialogues,
          memory,
          engine,
          new StrideRecognizer(engine, plan, strideTokens));
    }
  }

  @Override
  public Map<String, List<EmotionEstimate>> recognize(
      List<EvaluatedChannel> channels, List<TokenizedUtterance> utterances) {
    streams.keySet().removeIf(EvaluatedChannel::isClosed);
    for (int row = 0; row < channels.size(); row++) {
      stream(channels.get(row)).append(utterances.get(row).tokens());
    }
    List<EvaluatedChannel> ready = ready(channels);
    while (!ready.isEmpty()) {
      learn(ready);
      ready = ready(channels);
    }
    List<LiveMemory> memories = EvaluatedChannel.memories(channels);
    engine.append(memories, utterances.stream().map(TokenizedUtterance::tokens).toList());
    int windowTokens = plan.memory().windowTokens();
    Map<String, List<EmotionEstimate>> estimates = new LinkedHashMap<>();
    estimates.put(Conditions.MEMORY, engine.estimate(memories, windowTokens));
    estimates.put(
        Conditions.WINDOW, engine.estimateWithoutMemory(Windows.last(memories, windowTokens)));
    return estimates;
  }

  private TokenStream stream(EvaluatedChannel channel) {
    return streams.computeIfAbsent(
        channel, any -> new TokenStream(channel.memory().history().tokens()));
  }

  private List<EvaluatedChannel> ready(List<EvaluatedChannel> channels) {
    return channels.stream()
        .filter(channel -> stream(channel).unlearned() >= strideTokens)
        .toList();
  }

  private void learn(List<EvaluatedChannel> channels) {
    int prefixTokens = plan.tokenLearning().prefixTokens();
    List<TokenStream> learning = channels.stream().map(this::stream).toList();
    List<int[]> prefixes = learning.stream().map(stream -> stream.prefix(prefixTokens)).toList();
    List<int[]> pieces = learning.stream().map(stream -> stream.takePiece(strideTokens)).toList();
    for (int pass = 0; pass < plan.passes(); pass++) {
      engine.learn(EvaluatedChannel.memories(channels), prefixes, pieces);
    }
  }
}
