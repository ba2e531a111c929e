package io.undertone.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * Wall-clock and processor time. Processor time is that of all threads of this process: other
 * programs on the same cores slow the wall clock but hardly change it.
 */
public final class Stopwatch {
  private static final double NANOS = 1e9;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final LongSupplier processorClock;
  private final long wallNanos = System.nanoTime();
  private final long processorNanos;

  private Stopwatch(LongSupplier processorClock) {
    this.processorClock = processorClock;
    this.processorNanos = processorClock.getAsLong();
  }

  /** Counts all threads of the process, in steps of 10 ms on Linux: for measuring seconds. */
  public static Stopwatch start() {
    return new Stopwatch(SYSTEM::getProcessCpuTime);
  }

  /**
   * Counts Java's threads, to the microsecond: for measuring milliseconds in which no thread ends.
   * Compilers and the garbage collector are not counted.
   */
  public static Stopwatch startFine() {
    return new Stopwatch(Stopwatch::threadNanos);
  }

  private static long threadNanos() {
    long nanos = 0;
    for (long thread : THREADS.getThreadCpuTime(THREADS.getAllThreadIds())) {
      nanos += Math.max(0, thread); // -1 where it has just ended
    }
    return nanos;
  }

  /** The time since the start. */
  public Elapsed elapsed() {
    return new Elapsed(
        (System.nanoTime() - wallNanos) / NANOS,
        (processorClock.getAsLong() - processorNanos) / NANOS);
  }

  /**
   * Wall-clock seconds and core-seconds of processor time.
   *
   * @param coreSeconds of all threads together
   */
  public record Elapsed(double seconds, double coreSeconds) {
    public static final Elapsed NONE = new Elapsed(0, 0);

    public Elapsed plus(Elapsed other) {
      return new Elapsed(seconds + other.seconds, coreSeconds + other.coreSeconds);
    }

    /** How many cores were busy on average. */
    public double coresUsed() {
      return seconds == 0 ? 0 : coreSeconds / seconds;
    }
  }
}
