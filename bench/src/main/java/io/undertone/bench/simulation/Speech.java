package io.undertone.bench.simulation;

import org.apache.commons.math3.distribution.ConstantRealDistribution;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.LogNormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * How one side of a call speaks: utterances and the silences before them, in milliseconds. Their
 * means are those of `bench`: 3 s each.
 */
record Speech(RealDistribution utteranceMs, RealDistribution silenceMs) {
  private static final double SILENCE_MS = 3_000;

  /** Shape of the log-normal distribution of utterances: two thirds are from 1.4 to 4.6 s. */
  private static final double SHAPE = 0.6;

  /** All utterances and silences have the same length. */
  static Speech even() {
    return new Speech(
        new ConstantRealDistribution(MachineFigures.SPEECH_MS),
        new ConstantRealDistribution(SILENCE_MS));
  }

  /** Log-normal utterances, and exponential silences. */
  static Speech random(RandomGenerator random) {
    return new Speech(
        logNormal(random, MachineFigures.SPEECH_MS, SHAPE),
        new ExponentialDistribution(random, SILENCE_MS));
  }

  /** A log-normal distribution by its mean. */
  static RealDistribution logNormal(RandomGenerator random, double mean, double shape) {
    return new LogNormalDistribution(random, Math.log(mean) - shape * shape / 2, shape);
  }

  /** Mean time from the end of an utterance to the end of the next. */
  double meanTurnMs() {
    return utteranceMs.getNumericalMean() + silenceMs.getNumericalMean();
  }

  /** Plans a call's next utterance, and so all that follow it, until the call ends. */
  void speak(Agenda agenda, long call, double endOfCallMs, Traffic.Listener listener) {
    double spokenMs = utteranceMs.sample();
    speakAt(agenda, call, silenceMs.sample() + spokenMs, spokenMs, endOfCallMs, listener);
  }

  /** The same, where the first utterance ends after a given time. */
  void speakAt(
      Agenda agenda,
      long call,
      double delayMs,
      double spokenMs,
      double endOfCallMs,
      Traffic.Listener listener) {
    double endMs = agenda.nowMs() + delayMs;
    if (endMs > endOfCallMs) {
      agenda.at(endOfCallMs, listener::callEnded);
      return;
    }
    agenda.at(
        endMs,
        () -> {
          listener.utteranceEnded(
              new SimulatedUtterance(call, endMs, spokenMs / MachineFigures.SPEECH_MS));
          speak(agenda, call, endOfCallMs, listener);
        });
  }
}
