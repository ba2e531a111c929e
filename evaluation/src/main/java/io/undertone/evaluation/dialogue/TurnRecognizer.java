package io.undertone.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.memory.TokenizedUtterance;
import java.util.List;
import java.util.Map;

/** A way to estimate the turns of dialogues. Runs on the device's owner thread. */
@FunctionalInterface
public interface TurnRecognizer {

  /**
   * Estimates the next turn of each dialogue.
   *
   * @param channels of the utterances, each of another dialogue
   * @param utterances one per channel
   * @return estimates by condition, one per channel
   */
  Map<String, List<EmotionEstimate>> recognize(
      List<EvaluatedChannel> channels, List<TokenizedUtterance> utterances);
}
