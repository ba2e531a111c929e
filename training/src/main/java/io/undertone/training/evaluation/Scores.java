package io.undertone.training.evaluation;

import io.undertone.model.Emotion;
import java.util.Arrays;
import java.util.Locale;

/**
 * Counts of what was said against what was meant, and the measures of the papers. Accuracies are
 * taken over the classes that occur.
 */
public final class Scores {

  private final long[][] confusion = new long[Emotion.values().length][Emotion.values().length];

  public void add(Emotion meant, Emotion said) {
    confusion[meant.ordinal()][said.ordinal()]++;
  }

  /** How often each emotion was meant, and what was said then: rows are meant, columns are said. */
  public long[][] confusion() {
    long[][] copy = new long[confusion.length][];
    Arrays.setAll(copy, meant -> confusion[meant].clone());
    return copy;
  }

  /** How many utterances were counted. */
  public long utterances() {
    return Arrays.stream(confusion).flatMapToLong(Arrays::stream).sum();
  }

  /** Weighted accuracy WA: the share of all utterances that were told right. */
  public double weightedAccuracy() {
    long right = 0;
    long all = 0;
    for (int meant = 0; meant < confusion.length; meant++) {
      right += confusion[meant][meant];
      for (long count : confusion[meant]) {
        all += count;
      }
    }
    return (double) right / all;
  }

  /** Unweighted accuracy UA: the mean over the classes of the share that was told right. */
  public double unweightedAccuracy() {
    double sum = 0;
    int classes = 0;
    for (int meant = 0; meant < confusion.length; meant++) {
      long all = 0;
      for (long count : confusion[meant]) {
        all += count;
      }
      if (all > 0) {
        sum += (double) confusion[meant][meant] / all;
        classes++;
      }
    }
    return sum / classes;
  }

  /** Weighted F1 score WF1: the mean over the classes of F1, weighted by their share. */
  public double weightedF1() {
    double sum = 0;
    long all = 0;
    for (int emotion = 0; emotion < confusion.length; emotion++) {
      long meant = 0;
      long said = 0;
      for (int other = 0; other < confusion.length; other++) {
        meant += confusion[emotion][other];
        said += confusion[other][emotion];
      }
      if (meant > 0) {
        sum += meant * 2.0 * confusion[emotion][emotion] / (meant + said);
        all += meant;
      }
    }
    return sum / all;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "UA %.3f, WA %.3f, WF1 %.3f",
        unweightedAccuracy(),
        weightedAccuracy(),
        weightedF1());
  }
}
