package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.memory.SpokenUtterance;
import java.util.List;
import java.util.Map;

/** A way to recognize dialogues. Runs on the device's owner thread. */
@FunctionalInterface
interface Listening {

  /**
   * Recognizes the next utterance of each dialogue.
   *
   * @param channels of the utterances, each of another dialogue
   * @param utterances one per channel
   * @return estimates of the utterances by condition
   */
  Map<String, List<EmotionEstimate>> hear(
      List<EvaluatedChannel> channels, List<SpokenUtterance> utterances);
}
