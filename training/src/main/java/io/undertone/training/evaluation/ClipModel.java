package io.undertone.training.evaluation;

import io.undertone.audio.Pcm;
import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionModel;
import io.undertone.model.RecognitionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Estimates utterances, each as a call of its own, with an empty memory. */
@FunctionalInterface
public interface ClipModel {

  /**
   * What is estimated of an utterance.
   *
   * @param model by the model
   * @param classifier by its classifier alone; empty if that is unknown
   */
  record Estimate(EmotionEstimate model, Optional<EmotionEstimate> classifier) {}

  /**
   * One estimate per utterance.
   *
   * @param utterances at the model's sample rate
   */
  List<Estimate> estimate(List<Pcm> utterances);

  /** A model as a job uses it. */
  static ClipModel of(EmotionModel model) {
    return utterances -> {
      List<ChannelMemory> memories = new ArrayList<>();
      try {
        List<RecognitionRequest> requests = new ArrayList<>();
        for (Pcm utterance : utterances) {
          ChannelMemory memory = model.newMemory(1);
          memories.add(memory);
          requests.add(new RecognitionRequest(utterance, memory));
        }
        return model.recognize(requests).stream()
            .map(recognition -> new Estimate(recognition.estimate(), Optional.empty()))
            .toList();
      } finally {
        memories.forEach(ChannelMemory::close);
      }
    };
  }
}
