package io.undertone.evaluation.dialogue;

import io.undertone.audio.Pcm;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.ModelParts;
import io.undertone.model.torch.memory.MemoryEngine;
import io.undertone.model.torch.memory.TokenizedUtterance;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recognizes a channel on its own, with the model's memory. Runs on the device's owner thread. */
record ChannelRun(ModelParts parts) {

  /** Estimates by condition, one per utterance. */
  Map<String, List<EmotionEstimate>> estimate(String id, List<Pcm> utterances) {
    Map<String, List<EmotionEstimate>> estimates = new LinkedHashMap<>();
    estimates.put(Conditions.WINDOW, new ArrayList<>());
    estimates.put(Conditions.MEMORY, new ArrayList<>());
    MemoryEngine engine = parts.memory();
    MemoryPlan plan = new MemoryPlan(parts.config().memory(), 1, Optional.empty());
    TurnRecognizer recognizer = new UtteranceRecognizer(engine, plan);
    try (EvaluatedChannel channel =
        new EvaluatedChannel(engine, engine.newMemory(DialogueCall.seed(id)))) {
      for (Pcm utterance : utterances) {
        recognizer
            .recognize(List.of(channel), List.of(tokenized(utterance)))
            .forEach(
                (condition, one) ->
                    estimates.computeIfAbsent(condition, any -> new ArrayList<>()).addAll(one));
      }
    }
    return estimates;
  }

  private TokenizedUtterance tokenized(Pcm utterance) {
    int rateHz = parts.tokenizer().sampleRateHz();
    if (utterance.sampleRateHz() != rateHz) {
      throw new IllegalArgumentException(
          "sampleRateHz must be %d, but is %d".formatted(rateHz, utterance.sampleRateHz()));
    }
    SpeechTokens tokens = parts.tokenizer().encode(utterance);
    int[] ids = parts.config().vocabulary().utterance(tokens.ids());
    return new TokenizedUtterance(ids, tokens.cues(), Optional.empty());
  }
}
