package io.undertone.training;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Prints progress: the task, how much of it is done, and the estimated time left. */
public final class ProgressLog {

  private static final long INTERVAL_NANOS = Duration.ofSeconds(15).toNanos();

  private final PrintStream out;
  private String task = "";
  private int firstDone;
  private long begin;
  private long lastLine;

  public ProgressLog(PrintStream out) {
    this.out = out;
  }

  /** Reports the progress of a task; prints at most one line every 15 seconds, and the last one. */
  public synchronized void report(String name, int done, int total) {
    long now = System.nanoTime();
    if (!name.equals(task)) {
      task = name;
      begin = now;
      lastLine = now;
      firstDone = done - 1;
    }
    if (now - lastLine < INTERVAL_NANOS && done < total) {
      return;
    }
    lastLine = now;
    long perStep = (now - begin) / Math.max(1, done - firstDone);
    say("%s %d of %d, %s to go", name, done, total, clock(perStep * (total - done)));
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
