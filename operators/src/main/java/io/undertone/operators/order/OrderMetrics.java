package io.undertone.operators.order;

import io.undertone.operators.StageMetrics;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;

/**
 * Counters of the order stage.
 *
 * @param deadLetters rejected chunks
 * @param late chunks that arrived after they were given up or after the call's end
 * @param duplicates chunks that arrived more than once
 * @param missing chunks that were given up
 * @param denied chunks of calls without consent
 * @param timeouts calls that ended because no chunk came, while their partition moved on
 * @param stalls calls that ended because no chunk came, while their partition stood still
 * @param erased requests to erase a call
 */
record OrderMetrics(
    Counter deadLetters,
    Counter late,
    Counter duplicates,
    Counter missing,
    Counter denied,
    Counter timeouts,
    Counter stalls,
    Counter erased) {

  static OrderMetrics of(RuntimeContext runtime) {
    StageMetrics metrics = new StageMetrics(runtime);
    return new OrderMetrics(
        metrics.counter("deadLetters"),
        metrics.counter("lateChunks"),
        metrics.counter("duplicateChunks"),
        metrics.counter("missingChunks"),
        metrics.counter("deniedChunks"),
        metrics.counter("timedOutCalls"),
        metrics.counter("stalledCalls"),
        metrics.counter("erasedCalls"));
  }
}
