package io.undertone.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.memory.TokenLearningEngine;
import io.undertone.model.torch.memory.TokenizedUtterance;
import java.util.List;
import java.util.Map;

/** Makes extra updates with each utterance before another recognizer makes the last one. */
final class MultiPassRecognizer implements TurnRecognizer {
  private final UtteranceUpdates updates;
  private final int extraPasses;
  private final TurnRecognizer last;

  MultiPassRecognizer(TokenLearningEngine engine, MemoryPlan plan, TurnRecognizer last) {
    this.updates = new UtteranceUpdates(engine, plan.tokenLearning().prefixTokens());
    this.extraPasses = plan.passes() - 1;
    this.last = last;
  }

  @Override
  public Map<String, List<EmotionEstimate>> recognize(
      List<EvaluatedChannel> channels, List<TokenizedUtterance> utterances) {
    updates.run(extraPasses, EvaluatedChannel.memories(channels), utterances);
    return last.recognize(channels, utterances);
  }
}
