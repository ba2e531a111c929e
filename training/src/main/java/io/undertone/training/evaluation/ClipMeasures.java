package io.undertone.training.evaluation;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.corpus.Clip;
import java.util.Optional;

/** All that is measured of a corpus whose clips are heard one by one. */
public final class ClipMeasures {

  private final Measures model = new Measures();
  private final Measures classifier = new Measures();
  private final PerceivedMeasures perceived = new PerceivedMeasures();

  /**
   * Counts what the model said of a clip.
   *
   * @param clip of one of the model's emotions
   */
  void add(Clip clip, EmotionEstimate said) {
    Emotion meant = clip.emotion().orElseThrow();
    model.add(meant, said);
    clip.perceived().ifPresent(heard -> perceived.add(meant, heard, said));
  }

  /**
   * Counts what the classifier said of a clip.
   *
   * @param clip of one of the model's emotions
   */
  void addClassified(Clip clip, EmotionEstimate said) {
    classifier.add(clip.emotion().orElseThrow(), said);
  }

  /** The model, against what was meant. */
  public Measures model() {
    return model;
  }

  /** The model's token classifier, against what was meant; empty without one. */
  public Optional<Measures> classifier() {
    return classifier.scores().utterances() > 0 ? Optional.of(classifier) : Optional.empty();
  }

  /** Against what listeners heard; empty if the corpus does not tell. */
  public Optional<PerceivedMeasures> perceived() {
    return perceived.model().scores().utterances() > 0 ? Optional.of(perceived) : Optional.empty();
  }
}
