package io.undertone.bench.simulation;

import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Calls of a day. They arrive as a Poisson process whose rate changes by the hour, and their
 * durations are log-normal, as Brown et al. 2005 found in a contact centre.
 */
final class DayTraffic implements Traffic {
  /** Shape of the durations: the median is 0.73 of the mean. */
  private static final double SHAPE = 0.8;

  private final Day day;
  private final Speech speech;
  private final RealDistribution callMs;
  private final RealDistribution standardGap;
  private long calls;

  DayTraffic(Day day, RandomGenerator random) {
    this.day = day;
    this.speech = Speech.random(random);
    this.callMs = Speech.logNormal(random, 1_000 * day.callSeconds(), SHAPE);
    this.standardGap = new ExponentialDistribution(random, 1);
  }

  @Override
  public void begin(Agenda agenda, Listener listener) {
    planNext(agenda, listener, 0);
  }

  /**
   * A gap that passes the end of an hour is drawn anew from there, at the next hour's rate:
   * exponential gaps have no memory.
   */
  private void planNext(Agenda agenda, Listener listener, double fromMs) {
    double ms = fromMs;
    while (ms < Day.MS) {
      int hour = Day.hour(ms);
      double nextMs = ms + standardGap.sample() / day.callsPerMs(hour);
      double endOfHourMs = (hour + 1) * Day.HOUR_MS;
      if (nextMs < endOfHourMs) {
        agenda.at(nextMs, () -> call(agenda, listener));
        return;
      }
      ms = endOfHourMs;
    }
  }

  private void call(Agenda agenda, Listener listener) {
    listener.callBegan();
    speech.speak(agenda, calls++, agenda.nowMs() + callMs.sample(), listener);
    planNext(agenda, listener, agenda.nowMs());
  }

  @Override
  public double endMs() {
    return Day.MS;
  }
}
