package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.memory.SpokenUtterance;
import java.util.List;
import java.util.Map;

/** How calls are heard; runs on the device's owner thread. */
@FunctionalInterface
interface Listening {

  /**
   * Hears the next utterance of each call.
   *
   * @param utterances one per call
   * @return estimates of the utterances by condition
   */
  Map<String, List<EmotionEstimate>> hear(List<Call> calls, List<SpokenUtterance> utterances);
}
