package io.undertone.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * Wall-clock and processor time. Processor time is the sum over this process's threads: unlike
 * wall-clock time, it hardly depends on other programs on the same cores.
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

  /**
   * Counts all threads of the process, with a resolution of 10 ms on Linux: for measurements of
   * seconds.
   */
  public static Stopwatch start() {
    return new Stopwatch(SYSTEM::getProcessCpuTime);
  }

  /**
   * Counts Java threads, with a resolution of a microsecond: for measurements of milliseconds in
   * which no thread ends. JIT compilers and the garbage collector are not counted.
   */
  public static Stopwatch startFine() {
    return new Stopwatch(Stopwatch::threadNanos);
  }

  private static long threadNanos() {
    long nanos = 0;
    for (long thread : THREADS.getThreadCpuTime(THREADS.getAllThreadIds())) {
      nanos += Math.max(0, thread); // -1 if the thread has ended
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
   * Wall-clock and processor time.
   *
   * @param coreSeconds processor time of all threads
   */
  public record Elapsed(double seconds, double coreSeconds) {
    public static final Elapsed NONE = new Elapsed(0, 0);

    public Elapsed plus(Elapsed other) {
      return new Elapsed(seconds + other.seconds, coreSeconds + other.coreSeconds);
    }

    public Elapsed minus(Elapsed before) {
      return new Elapsed(seconds - before.seconds, coreSeconds - before.coreSeconds);
    }

    /** How many cores were busy on average. */
    public double coresUsed() {
      return seconds == 0 ? 0 : coreSeconds / seconds;
    }
  }
}
