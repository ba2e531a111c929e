package io.undertone.bench.pipeline;

import io.undertone.jobs.kafka.TopicUnavailableException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * Repeats a part of a benchmark until Java's compilers have little left to do: while they work,
 * they take processor time from everything else, and code runs slowly.
 */
final class WarmUp {
  /** The compilers' time in a round, over the round's, when the process counts as warm. */
  static final double WARM = 0.1;

  private final LongSupplier compilingMs;
  private final LongSupplier clockMs;

  /**
   * @param compilingMs time that compilers have spent so far
   * @param clockMs wall clock
   */
  WarmUp(LongSupplier compilingMs, LongSupplier clockMs) {
    this.compilingMs = compilingMs;
    this.clockMs = clockMs;
  }

  static WarmUp ofThisProcess() {
    CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    return new WarmUp(
        compilers == null ? () -> 0 : compilers::getTotalCompilationTime,
        System::currentTimeMillis);
  }

  /** What is repeated. */
  @FunctionalInterface
  interface Round {
    void run() throws BenchFailedException, InterruptedException, TopicUnavailableException;
  }

  /** Runs rounds, at least one, until one is warm or there were as many as allowed. */
  void run(int mostRounds, Round round)
      throws BenchFailedException, InterruptedException, TopicUnavailableException {
    boolean warm = false;
    for (int i = 0; i < mostRounds && !warm; i++) {
      long compiled = compilingMs.getAsLong();
      long begin = clockMs.getAsLong();
      round.run();
      long compiling = compilingMs.getAsLong() - compiled;
      warm = compiling <= WARM * (clockMs.getAsLong() - begin);
    }
  }
}
