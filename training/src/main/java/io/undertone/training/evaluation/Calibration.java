package io.undertone.training.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Accuracy against confidence (Guo et al., arXiv 1706.04599): utterances are sorted into {@value
 * #BINS} bins of equal width by their confidence, the probability of the estimated class.
 */
public final class Calibration {

  /** Number of bins from 0 to 1. */
  public static final int BINS = 15;

  private final long[] counts = new long[BINS];
  private final long[] correct = new long[BINS];
  private final double[] confidences = new double[BINS];

  /**
   * The utterances of a bin.
   *
   * @param count at least 1
   * @param confidence mean confidence
   * @param accuracy share of correct estimates
   */
  public record Bin(long count, double confidence, double accuracy) {}

  /**
   * Counts an utterance.
   *
   * @param confidence from 0 to 1
   */
  public void add(double confidence, boolean correctly) {
    int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(confidence * BINS) - 1));
    counts[bin]++;
    correct[bin] += correctly ? 1 : 0;
    confidences[bin] += confidence;
  }

  /** The bins that are not empty, by confidence. */
  public List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      double count = counts[bin];
      if (count > 0) {
        bins.add(new Bin(counts[bin], confidences[bin] / count, correct[bin] / count));
      }
    }
    return bins;
  }

  /** ECE: mean over the utterances of their bin's |accuracy - confidence|; 0 without utterances. */
  public double expectedError() {
    double sum = 0;
    long all = 0;
    for (Bin bin : bins()) {
      sum += bin.count() * Math.abs(bin.accuracy() - bin.confidence());
      all += bin.count();
    }
    return all == 0 ? 0 : sum / all;
  }
}
