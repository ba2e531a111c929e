package io.undertone.training.evaluation;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.corpus.Clip;
import java.util.Optional;

/** The metrics of a corpus that is evaluated clip by clip. */
public final class ClipMetrics {

  private final Metrics model = new Metrics();
  private final Metrics classifier = new Metrics();
  private final PerceivedMetrics perceived = new PerceivedMetrics();

  /**
   * Counts the model's estimate of a clip.
   *
   * @param clip of one of the model's emotions
   */
  void add(Clip clip, EmotionEstimate estimate) {
    Emotion label = clip.emotion().orElseThrow();
    model.add(label, estimate);
    clip.perceived().ifPresent(majority -> perceived.add(label, majority, estimate));
  }

  /**
   * Counts the classifier's estimate of a clip.
   *
   * @param clip of one of the model's emotions
   */
  void addClassified(Clip clip, EmotionEstimate estimate) {
    classifier.add(clip.emotion().orElseThrow(), estimate);
  }

  /** The model against the labels. */
  public Metrics model() {
    return model;
  }

  /** The model's token classifier against the labels; empty without one. */
  public Optional<Metrics> classifier() {
    return classifier.confusion().utterances() > 0 ? Optional.of(classifier) : Optional.empty();
  }

  /** Comparisons with the listeners' majority; empty if the corpus has none. */
  public Optional<PerceivedMetrics> perceived() {
    return perceived.model().confusion().utterances() > 0
        ? Optional.of(perceived)
        : Optional.empty();
  }
}
