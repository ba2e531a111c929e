package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.memory.SpokenUtterance;
import io.undertone.model.torch.memory.TokenLearningEngine;
import java.util.List;
import java.util.Map;

/** Makes extra updates with each utterance before another way to listen makes the last one. */
final class RepeatedListening implements Listening {
  private final UtteranceLearning learning;
  private final int extraPasses;
  private final Listening last;

  RepeatedListening(TokenLearningEngine engine, MemoryPlan plan, Listening last) {
    this.learning = new UtteranceLearning(engine, plan.tokenLearning().prefixTokens());
    this.extraPasses = plan.passes() - 1;
    this.last = last;
  }

  @Override
  public Map<String, List<EmotionEstimate>> hear(
      List<EvaluatedChannel> channels, List<SpokenUtterance> utterances) {
    learning.run(extraPasses, channels.stream().map(EvaluatedChannel::memory).toList(), utterances);
    return last.hear(channels, utterances);
  }
}
