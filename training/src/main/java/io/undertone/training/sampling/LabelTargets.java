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

  /**
   * The prior that a classifier learns from these clips, in the {@link ClipShares} in which they
   * are drawn: ln of each label's mean target, 0 if all labels are equally probable. Everyday
   * speech makes neutral more probable. Logits less this prior are those of equally probable labels
   * (Saerens et al. 2002).
   *
   * @return (labels)
   */
  public float[] logPrior(List<Clip> train) {
    double[] prior = new double[labels.size()];
    ClipShares.of(train)
        .forEach(
            (clip, share) -> {
              float[] target = of(clip);
              for (int label = 0; label < prior.length; label++) {
                prior[label] += share * target[label];
              }
            });
    float[] logs = new float[prior.length];
    for (int label = 0; label < prior.length; label++) {
      logs[label] = (float) Math.log(prior[label] * prior.length);
    }
    return logs;
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
