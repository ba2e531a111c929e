package io.undertone.evaluation.unlabelled;

import io.undertone.audio.Utterance;
import io.undertone.evaluation.dialogue.DialogueModel;
import io.undertone.model.EmotionEstimate;
import java.util.List;
import java.util.Map;

/**
 * A recording with its estimates.
 *
 * @param estimates by condition, one per utterance
 */
public record EvaluatedRecording(
    UnlabelledRecording recording, Map<String, List<EmotionEstimate>> estimates) {

  public EvaluatedRecording {
    estimates = Map.copyOf(estimates);
  }

  /** Estimates the utterances of a recording as a job does. */
  public static EvaluatedRecording of(UnlabelledRecording recording, DialogueModel model) {
    String id = String.valueOf(recording.file().getFileName());
    return new EvaluatedRecording(
        recording,
        model.estimate(id, recording.utterances().stream().map(Utterance::pcm).toList()));
  }
}
