package io.undertone.bench.pipeline;

import io.undertone.bench.measure.Stopwatch;
import io.undertone.bench.measure.Stopwatch.Elapsed;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Processor time and device use of the time in which all calls of a level speak. */
final class SteadyWindow {
  private final long fromMs;
  private final long toMs;
  private final Supplier<DeviceUse> device;
  private final Stopwatch watch = Stopwatch.start();
  private @Nullable Reading begin;
  private @Nullable Reading end;

  /**
   * What the window was like.
   *
   * @param device batches that ended in it
   */
  record Reading(Elapsed elapsed, DeviceUse device) {
    private Reading minus(Reading before) {
      return new Reading(elapsed.minus(before.elapsed), device.minus(before.device));
    }
  }

  /**
   * @param fromMs by the wall clock
   * @param device the device's use so far
   */
  SteadyWindow(long fromMs, long toMs, Supplier<DeviceUse> device) {
    this.fromMs = fromMs;
    this.toMs = toMs;
    this.device = device;
  }

  /** Reads the counters if the window begins or ends. Call it often. */
  void look(long nowMs) {
    if (begin == null && nowMs >= fromMs) {
      begin = reading();
    } else if (end == null && nowMs >= toMs) {
      end = reading();
    }
  }

  private Reading reading() {
    return new Reading(watch.elapsed(), device.get());
  }

  /**
   * The window, when it is over.
   *
   * @throws BenchFailedException if it is not
   */
  Reading result() throws BenchFailedException {
    if (begin == null || end == null) {
      throw new BenchFailedException("the calls ended before all of them had spoken");
    }
    return end.minus(begin);
  }
}
