package io.undertone.bench.measure;

/** Histogram of latencies in whole milliseconds up to a minute; its size is constant. */
public final class LatencyHistogram {
  /** Longer latencies count as this value. */
  public static final int LONGEST_MS = 60_000;

  private final long[] countByMs = new long[LONGEST_MS + 1];
  private long count;

  /** Adds a latency; negative values (after a clock was set back) count as 0. */
  public void add(long latencyMs) {
    countByMs[(int) Math.max(0, Math.min(LONGEST_MS, latencyMs))]++;
    count++;
  }

  /** Adds all latencies of another histogram. */
  public void add(LatencyHistogram other) {
    for (int ms = 0; ms < countByMs.length; ms++) {
      countByMs[ms] += other.countByMs[ms];
    }
    count += other.count;
  }

  /** How many latencies there are. */
  public long count() {
    return count;
  }

  /** The share of latencies longer than a bound; 0 if there are none. */
  public double shareAbove(int ms) {
    long above = 0;
    for (int i = ms + 1; i < countByMs.length; i++) {
      above += countByMs[i];
    }
    return count == 0 ? 0 : (double) above / count;
  }

  /**
   * Quantiles in milliseconds (nearest rank).
   *
   * @throws IllegalStateException if there are no latencies
   */
  public Quantiles quantiles() {
    if (count == 0) {
      throw new IllegalStateException("latencies must be at least 1, but are 0");
    }
    return new Quantiles(at(0.5), at(0.95), at(0.99));
  }

  private double at(double share) {
    long left = (long) Math.ceil(share * count);
    int ms = 0;
    while (left > countByMs[ms]) {
      left -= countByMs[ms];
      ms++;
    }
    return ms;
  }
}
