package io.undertone.model.torch.device;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time, which other load on the machine hardly changes. */
public final class CoreTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CoreTime() {}

  /** Does some work, and returns the nanoseconds of processor time that this thread took. */
  public static long nanos(Runnable work) {
    long begin = THREADS.getCurrentThreadCpuTime();
    work.run();
    return THREADS.getCurrentThreadCpuTime() - begin;
  }
}
