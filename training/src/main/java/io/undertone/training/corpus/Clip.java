package io.undertone.training.corpus;

import io.undertone.model.Emotion;
import java.util.Optional;

/**
 * A labelled recording.
 *
 * @param path relative to the audio root
 * @param corpus name of the corpus
 * @param speaker unique across corpora
 * @param label full name of the emotion; corpora have more of them than the model has classes
 * @param emotion the label as one of the model's classes, if it is one
 * @param perceived the listeners' majority vote on the voice alone, if the corpus has one and it is
 *     one of the model's classes
 * @param split what the clip may be used for
 */
public record Clip(
    String path,
    String corpus,
    String speaker,
    String label,
    Optional<Emotion> emotion,
    Optional<Emotion> perceived,
    Split split) {

  /** The class that training predicts: short name of the model's emotion, or else the label. */
  public String trainingLabel() {
    return emotion.map(Emotion::shortName).orElse(label);
  }
}
