package io.undertone.training.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a model is right as often as it believes (Guo et al., arXiv 1706.04599): utterances are
 * sorted into {@value #BINS} bins of equal width by the probability of what was said.
 */
public final class Calibration {

  /** How many bins there are from 0 to 1. */
  public static final int BINS = 15;

  private final long[] counts = new long[BINS];
  private final long[] rights = new long[BINS];
  private final double[] confidences = new double[BINS];

  /**
   * What a bin holds.
   *
   * @param count of utterances, at least 1
   * @param confidence mean probability of what was said
   * @param accuracy share of what was right
   */
  public record Bin(long count, double confidence, double accuracy) {}

  /**
   * Counts an utterance.
   *
   * @param confidence the probability of what was said, from 0 to 1
   */
  public void add(double confidence, boolean right) {
    int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(confidence * BINS) - 1));
    counts[bin]++;
    rights[bin] += right ? 1 : 0;
    confidences[bin] += confidence;
  }

  /** The bins that hold anything, in the order of their confidence. */
  public List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      double count = counts[bin];
      if (count > 0) {
        bins.add(new Bin(counts[bin], confidences[bin] / count, rights[bin] / count));
      }
    }
    return bins;
  }

  /** ECE: the mean over the utterances of their bin's |accuracy - confidence|; 0 without any. */
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
