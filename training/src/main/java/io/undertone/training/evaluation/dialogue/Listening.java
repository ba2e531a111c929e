package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.tokenizer.Delivery;
import java.util.List;
import java.util.Map;

/** How calls are heard; runs on the device's owner thread. */
@FunctionalInterface
interface Listening {

  /**
   * Hears the next utterance of each call.
   *
   * @param utterances tokens, one utterance a call
   * @param deliveries how each was said
   * @return estimates of the utterances by condition
   */
  Map<String, List<EmotionEstimate>> hear(
      List<Call> calls, List<int[]> utterances, List<Delivery> deliveries);
}
