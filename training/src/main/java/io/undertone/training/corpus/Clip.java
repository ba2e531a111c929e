package io.undertone.training.corpus;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import java.util.Optional;

/**
 * A recording, or a part of one, with what is known about it.
 *
 * @param path relative to the audio root
 * @param part of the recording; empty for all of it
 * @param corpus name of the corpus
 * @param speaker unique across corpora
 * @param gender as the manifest writes it, or empty
 * @param label full name of the emotion; corpora have more of them than the model has classes
 * @param emotion the label as one of the model's classes, if it is one
 * @param perceived the listeners' majority vote on the voice alone, if the corpus has one and it is
 *     one of the model's classes
 * @param weak target distribution of a clip that has no label, such as everyday speech
 * @param split what the clip may be used for
 */
public record Clip(
    String path,
    Optional<ClipPart> part,
    String corpus,
    String speaker,
    String gender,
    String label,
    Optional<Emotion> emotion,
    Optional<Emotion> perceived,
    Optional<EmotionEstimate> weak,
    Split split) {

  /** A labelled clip that is a whole recording. */
  public Clip(
      String path,
      String corpus,
      String speaker,
      String label,
      Optional<Emotion> emotion,
      Optional<Emotion> perceived,
      Split split) {
    this(
        path,
        Optional.empty(),
        corpus,
        speaker,
        "",
        label,
        emotion,
        perceived,
        Optional.empty(),
        split);
  }

  /** Identifies the clip, wherever the audio root is. */
  public String id() {
    return corpus + "/" + path + part.map(ClipPart::toString).orElse("");
  }

  /** The class that training predicts: short name of the model's emotion, or else the label. */
  public String trainingLabel() {
    return emotion.map(Emotion::shortName).orElse(label);
  }
}
