package io.undertone.training.evaluation;

import io.undertone.model.Emotion;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Counts of estimated classes by label, and the accuracies of the papers over the labels that
 * occur.
 */
public final class ConfusionMatrix {

  private final long[][] counts = new long[Emotion.values().length][Emotion.values().length];

  /** Counts an utterance. */
  public void add(Emotion label, Emotion estimate) {
    counts[label.ordinal()][estimate.ordinal()]++;
  }

  /** The counts: rows are labels, columns are estimates. */
  public long[][] counts() {
    long[][] copy = new long[counts.length][];
    Arrays.setAll(copy, label -> counts[label].clone());
    return copy;
  }

  /** Number of utterances. */
  public long utterances() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  /** Number of classes that occur as labels. */
  public int labelledClasses() {
    return (int)
        Arrays.stream(counts).filter(row -> Arrays.stream(row).anyMatch(n -> n > 0)).count();
  }

  /** Number of classes that were estimated. */
  public int estimatedClasses() {
    return (int)
        IntStream.range(0, counts.length)
            .filter(estimate -> Arrays.stream(counts).anyMatch(row -> row[estimate] > 0))
            .count();
  }

  /** Weighted accuracy WA: share of correct utterances. */
  public double weightedAccuracy() {
    long correct = 0;
    long all = 0;
    for (int label = 0; label < counts.length; label++) {
      correct += counts[label][label];
      for (long count : counts[label]) {
        all += count;
      }
    }
    return (double) correct / all;
  }

  /** Unweighted accuracy UA: mean recall of the classes. */
  public double unweightedAccuracy() {
    double sum = 0;
    int classes = 0;
    for (int label = 0; label < counts.length; label++) {
      long all = 0;
      for (long count : counts[label]) {
        all += count;
      }
      if (all > 0) {
        sum += (double) counts[label][label] / all;
        classes++;
      }
    }
    return sum / classes;
  }

  /** Weighted F1 score WF1: mean F1 of the classes, weighted by their share. */
  public double weightedF1() {
    double sum = 0;
    long all = 0;
    for (int emotion = 0; emotion < counts.length; emotion++) {
      long labelled = 0;
      long estimated = 0;
      for (int other = 0; other < counts.length; other++) {
        labelled += counts[emotion][other];
        estimated += counts[other][emotion];
      }
      if (labelled > 0) {
        sum += labelled * 2.0 * counts[emotion][emotion] / (labelled + estimated);
        all += labelled;
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
