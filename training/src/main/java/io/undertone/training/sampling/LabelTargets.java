package io.undertone.training.sampling;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.corpus.Clip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is to be predicted for a clip: its label, smoothed, or the distribution that the manifest
 * gives for it, in which labels beyond the four emotions have probability 0.
 *
 * @param labels the model's emotions, then others
 */
public record LabelTargets(List<String> labels) {

  private static final float SMOOTHING = 0.1f;

  public LabelTargets {
    labels = List.copyOf(labels);
  }

  /** The model's emotions first, then the other labels of the clips. */
  public static LabelTargets of(List<Clip> clips) {
    Stream<String> others =
        clips.stream()
            .filter(clip -> clip.emotion().isEmpty() && clip.weak().isEmpty())
            .map(Clip::trainingLabel)
            .distinct()
            .sorted();
    List<String> labels = new ArrayList<>();
    Arrays.stream(Emotion.values()).map(Emotion::shortName).forEach(labels::add);
    others.forEach(labels::add);
    return new LabelTargets(labels);
  }

  /** Probabilities of the labels. */
  public float[] of(Clip clip) {
    return clip.weak().map(this::distribution).orElseGet(() -> smoothed(clip.trainingLabel()));
  }

  private float[] distribution(EmotionEstimate weak) {
    float[] target = new float[labels.size()];
    for (Emotion emotion : Emotion.values()) {
      target[labels.indexOf(emotion.shortName())] = weak.probability(emotion);
    }
    return target;
  }

  private float[] smoothed(String label) {
    float[] target = new float[labels.size()];
    Arrays.fill(target, SMOOTHING / target.length);
    target[labels.indexOf(label)] += 1 - SMOOTHING;
    return target;
  }
}
