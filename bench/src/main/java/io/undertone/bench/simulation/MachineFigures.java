package io.undertone.bench.simulation;

import org.apache.commons.math3.distribution.PoissonDistribution;

/**
 * What a machine takes for its calls, as a bench measures it there: see {@link MachineFit}.
 *
 * <p>A busy device thread shares the cores with the machine's other threads. How many of these run
 * at a moment is taken as Poisson distributed, as in a queue with a server for each (M/G/∞), and
 * the running threads share the cores evenly.
 *
 * @param cores of the machine
 * @param batchMs what a batch takes whatever its size, on a machine that does nothing else
 * @param utteranceMs what each utterance of 3 s adds to its batch
 * @param spread standard deviation of a batch's time over its mean
 * @param pathMs mean time from the end of an utterance's audio to the recognizer, and from there to
 *     the event: the pause that ends it, its last chunk, transport
 * @param deviceCores processor cores that a busy device takes: 1 for a core, about 0 for a GPU
 * @param baseCores that the machine takes without calls
 * @param coresPerCall that a live call takes beside the device
 */
public record MachineFigures(
    int cores,
    double batchMs,
    double utteranceMs,
    double spread,
    double pathMs,
    double deviceCores,
    double baseCores,
    double coresPerCall) {

  /** The duration of the utterances that {@link #utteranceMs} refers to. */
  public static final double SPEECH_MS = 3_000;

  /** A pause ends within a chunk, at any of its milliseconds. */
  static final double CHUNK_MS = 100;

  public MachineFigures {
    check("cores", cores, 1);
    check("batchMs", batchMs, 0);
    check("utteranceMs", utteranceMs, Double.MIN_VALUE);
    check("spread", spread, 0);
    check("pathMs", pathMs, CHUNK_MS / 2);
    check("deviceCores", deviceCores, 0);
    check("baseCores", baseCores, 0);
    check("coresPerCall", coresPerCall, 0);
  }

  /**
   * Two cores of an AMD EPYC with AVX-512 BF16, with the default model: docs/scaling.md says how
   * they follow from the measurements of docs/performance.md.
   */
  public static final MachineFigures DEFAULT =
      new MachineFigures(2, 5.1, 17.4, 0.63, 267, 1, 0.26, 0.0021);

  private static void check(String name, double value, double least) {
    if (!(value >= least && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "%s must be finite and at least %s, but is %s".formatted(name, least, value));
    }
  }

  /** Mean time of a batch of utterances of 3 s, on a machine that does nothing else. */
  double batchMs(double utterances) {
    return batchMs + utterances * utteranceMs;
  }

  /** How much longer a batch takes than on a machine that does nothing else. */
  double slowdown(double calls) {
    double others = baseCores + calls * coresPerCall;
    return others == 0 ? 1 : 1 + deviceCores * (1 / shareOfACore(others) - 1);
  }

  /** The expected share of a core that one thread gets beside a mean number of others. */
  private double shareOfACore(double others) {
    PoissonDistribution running = new PoissonDistribution(others);
    int most = running.inverseCumulativeProbability(1 - 1e-6);
    double share = 0;
    for (int threads = 0; threads <= most; threads++) {
      share += running.probability(threads) * Math.min(1, cores / (threads + 1.0));
    }
    return share;
  }

  /** The cores that machines take together. */
  public double coresUsed(double machines, double calls, double busyDevices) {
    return machines * baseCores + calls * coresPerCall + busyDevices * deviceCores;
  }

  /** With batches that take that many times as long. */
  MachineFigures slowedBy(double factor) {
    return new MachineFigures(
        cores,
        factor * batchMs,
        factor * utteranceMs,
        spread,
        pathMs,
        deviceCores,
        baseCores,
        coresPerCall);
  }

  public MachineFigures withPathMs(double ms) {
    return new MachineFigures(
        cores, batchMs, utteranceMs, spread, ms, deviceCores, baseCores, coresPerCall);
  }

  public MachineFigures withSpread(double ratio) {
    return new MachineFigures(
        cores, batchMs, utteranceMs, ratio, pathMs, deviceCores, baseCores, coresPerCall);
  }
}
