package io.undertone.training;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Prints progress: the task, how much of it is done, and the time left, estimated from the steps
 * that this run has done of it. A pause, of the process or the whole machine, does not count.
 */
public final class ProgressLog {

  private static final long INTERVAL_NANOS = Duration.ofSeconds(15).toNanos();

  /** A gap between two reports is a pause if it is this long, and this many times the usual one. */
  private static final long SHORTEST_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private static final int PAUSE_FACTOR = 20;

  private final PrintStream out;
  private final LongSupplier nanoClock;
  private String task = "";
  private int lastDone;
  private long lastReport;
  private long lastLine;
  private int timedSteps;
  private long workNanos;

  public ProgressLog(PrintStream out) {
    this(out, System::nanoTime);
  }

  ProgressLog(PrintStream out, LongSupplier nanoClock) {
    this.out = out;
    this.nanoClock = nanoClock;
  }

  /**
   * Reports the progress of a task; prints at most one line every 15 seconds, and the last one. A
   * task that goes back begins anew.
   */
  public synchronized void report(String name, int done, int total) {
    long now = nanoClock.getAsLong();
    if (name.equals(task) && done >= lastDone) {
      addWork(now - lastReport, done - lastDone);
    } else {
      task = name;
      lastLine = now;
      timedSteps = 0;
      workNanos = 0;
    }
    lastDone = done;
    lastReport = now;
    if (now - lastLine < INTERVAL_NANOS && done < total) {
      return;
    }
    lastLine = now;
    say("%s %d of %d, %s to go", name, done, total, clock(usualNanos(total - done)));
  }

  private void addWork(long nanos, int steps) {
    boolean pause =
        timedSteps > 0
            && nanos > SHORTEST_PAUSE_NANOS
            && nanos > PAUSE_FACTOR * usualNanos(Math.max(1, steps));
    if (!pause) {
      workNanos += nanos;
      timedSteps += steps;
    }
  }

  private long usualNanos(int steps) {
    return workNanos / Math.max(1, timedSteps) * steps;
  }

  /** Prints a line at once. */
  public synchronized void say(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  private static String clock(long nanos) {
    Duration duration = Duration.ofNanos(nanos);
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d",
        duration.toHours(),
        duration.toMinutesPart(),
        duration.toSecondsPart());
  }
}
