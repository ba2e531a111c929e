package io.undertone.audio.evaluation;

/** Confusion counts of speech frames. */
public record FrameScore(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

  static final FrameScore NONE = new FrameScore(0, 0, 0, 0);

  /** Share of found frames that are speech; 0 if none was found. */
  public double precision() {
    return share(truePositives, truePositives + falsePositives);
  }

  /** Share of speech frames that were found; 0 without speech. */
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

  /** Compares found with annotated frames. */
  static FrameScore of(boolean[] found, boolean[] annotated) {
    long[] counts = new long[4];
    for (int i = 0; i < annotated.length; i++) {
      counts[(found[i] ? 1 : 0) + (annotated[i] ? 2 : 0)]++;
    }
    return new FrameScore(counts[3], counts[1], counts[2], counts[0]);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
