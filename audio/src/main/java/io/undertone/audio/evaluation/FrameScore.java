package io.undertone.audio.evaluation;

/** Frames of speech found and missed. */
public record FrameScore(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

  static final FrameScore NONE = new FrameScore(0, 0, 0, 0);

  /** Share of the frames found that are speech; 0 where none was found. */
  public double precision() {
    return share(truePositives, truePositives + falsePositives);
  }

  /** Share of the frames of speech that were found; 0 where there is no speech. */
  public double recall() {
    return share(truePositives, truePositives + falseNegatives);
  }

  /** Harmonic mean of precision and recall. */
  public double f1() {
    return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
  }

  FrameScore plus(FrameScore other) {
    return new FrameScore(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        falseNegatives + other.falseNegatives,
        trueNegatives + other.trueNegatives);
  }

  /** Compares what was found with what was marked, frame by frame. */
  static FrameScore of(boolean[] found, boolean[] marked) {
    long[] counts = new long[4];
    for (int i = 0; i < marked.length; i++) {
      counts[(found[i] ? 1 : 0) + (marked[i] ? 2 : 0)]++;
    }
    return new FrameScore(counts[3], counts[1], counts[2], counts[0]);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
