package io.undertone.operators.testing;

import io.undertone.schemas.Role;

/**
 * Writes records with the time of writing as timestamp, while a pipeline reads them: at once, or
 * later if it cannot keep up. Times are in milliseconds.
 */
public final class LiveTopic {
  private static final long STEP_MS = 1_000;

  private final TestPipeline pipeline;
  private final int slowdown;
  private final TestCall busy = TestCall.ofSeconds("an agent", 1);
  private long timeMs;

  private LiveTopic(TestPipeline pipeline, int slowdown) {
    this.pipeline = pipeline;
    this.slowdown = slowdown;
  }

  /** A topic that the pipeline reads as it is written. */
  public static LiveTopic of(TestPipeline pipeline) {
    return new LiveTopic(pipeline, 1);
  }

  /** A topic that the pipeline reads this many times more slowly than it is written. */
  public static LiveTopic overloaded(TestPipeline pipeline, int slowdown) {
    return new LiveTopic(pipeline, slowdown);
  }

  /** Writes chunks of a call, each at the time at which it was captured. */
  public void write(TestCall call, long fromIndex, long toIndex, int partition) throws Exception {
    for (long index = fromIndex; index < toIndex; index++) {
      step(TestCall.CHUNK_MS);
      pipeline.process(call.record(call.audio(index), partition, timestampMs()));
    }
  }

  /** Time passes. Other calls, of a side that is not analysed, write to the given partitions. */
  public void pass(long durationMs, int... busyPartitions) throws Exception {
    for (long passedMs = 0; passedMs < durationMs; passedMs += STEP_MS) {
      step(STEP_MS);
      for (int partition : busyPartitions) {
        pipeline.process(busy.record(busy.audio(0).setRole(Role.AGENT), partition, timestampMs()));
      }
    }
  }

  private void step(long stepMs) throws Exception {
    timeMs += stepMs;
    pipeline.setTimeMs(clockMs());
  }

  private long timestampMs() {
    return TestCall.CALL_BEGIN_MS + timeMs;
  }

  private long clockMs() {
    return timeMs * slowdown;
  }
}
