package io.undertone.training.finetuning;

import io.undertone.model.EmotionEstimate;
import io.undertone.training.corpus.Clip;
import io.undertone.training.evaluation.Bootstrap;
import io.undertone.training.evaluation.Interval;
import io.undertone.training.evaluation.Metrics;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A model before and after fine-tuning, on the same clips of speakers that it was not tuned on,
 * each alone and under a uniform prior.
 */
public record Comparison(List<ComparedClip> clips) {

  /** With fewer speakers, the intervals are by clips. */
  public static final int FEWEST_SPEAKERS = 5;

  private static final Bootstrap BOOTSTRAP = new Bootstrap(1, 1000);

  /**
   * The estimates of a clip.
   *
   * @param clip labelled with one of the model's emotions
   */
  public record ComparedClip(Clip clip, EmotionEstimate before, EmotionEstimate after) {}

  /**
   * How much a measure changed.
   *
   * @param value after minus before
   */
  public record Change(double before, double after, Interval interval) {

    public double value() {
      return after - before;
    }
  }

  public Comparison {
    clips = List.copyOf(clips);
    if (clips.isEmpty()) {
      throw new IllegalArgumentException("clips must be at least 1, but are 0");
    }
  }

  /** Number of speakers. */
  public long speakers() {
    return clips.stream().map(one -> one.clip().speaker()).distinct().count();
  }

  /** Whether the intervals are by speakers; by clips, they are too narrow. */
  public boolean bySpeakers() {
    return speakers() >= FEWEST_SPEAKERS;
  }

  /** Unweighted accuracy. */
  public Change accuracy() {
    return change(metrics -> metrics.confusion().unweightedAccuracy());
  }

  /** Negative log likelihood. */
  public Change negativeLogLikelihood() {
    return change(Metrics::negativeLogLikelihood);
  }

  /** Expected calibration error. */
  public Change calibrationError() {
    return change(metrics -> metrics.calibration().expectedError());
  }

  private Change change(ToDoubleFunction<Metrics> measure) {
    double before = measure.applyAsDouble(metrics(clips, ComparedClip::before));
    double after = measure.applyAsDouble(metrics(clips, ComparedClip::after));
    Interval interval =
        BOOTSTRAP.interval(
            units(),
            drawn -> {
              List<ComparedClip> resampled = drawn.stream().flatMap(List::stream).toList();
              return measure.applyAsDouble(metrics(resampled, ComparedClip::after))
                  - measure.applyAsDouble(metrics(resampled, ComparedClip::before));
            });
    return new Change(before, after, interval);
  }

  private List<List<ComparedClip>> units() {
    Function<ComparedClip, String> unit =
        bySpeakers() ? one -> one.clip().speaker() : one -> one.clip().id();
    Collection<List<ComparedClip>> units =
        clips.stream()
            .collect(Collectors.groupingBy(unit, TreeMap::new, Collectors.toList()))
            .values();
    return List.copyOf(units);
  }

  private static Metrics metrics(
      List<ComparedClip> clips, Function<ComparedClip, EmotionEstimate> estimate) {
    Metrics metrics = new Metrics();
    for (ComparedClip one : clips) {
      metrics.add(one.clip().emotion().orElseThrow(), estimate.apply(one));
    }
    return metrics;
  }
}
