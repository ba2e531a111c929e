package io.undertone.operators.recognize;

import io.undertone.model.EmotionModel;
import io.undertone.model.MemoryUpdate;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.operators.StageMetrics;
import io.undertone.schemas.ShedReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;

/** Metrics of the recognize stage, and the cost of its last checkpoint. */
final class RecognizeMetrics {
  private final StageMetrics metrics;
  private final Counter recognizedUtterances;
  private final Counter droppedUpdates;
  private final Counter memoryEvictions;
  private final Counter deadLetters;
  private final Map<ShedReason, Counter> shedUtterances = new EnumMap<>(ShedReason.class);
  private final AtomicLong eventLagMs = new AtomicLong();
  private final AtomicLong checkpointMemoryBytes = new AtomicLong();
  private final AtomicLong checkpointMemoryMs = new AtomicLong();

  RecognizeMetrics(RuntimeContext runtime) {
    metrics = new StageMetrics(runtime);
    recognizedUtterances = metrics.counter("recognizedUtterances");
    droppedUpdates = metrics.counter("droppedUpdates");
    memoryEvictions = metrics.counter("memoryEvictions");
    deadLetters = metrics.counter("deadLetters");
    shedUtterances.put(ShedReason.TENANT_LIMIT, metrics.counter("shedByTenantLimit"));
    shedUtterances.put(ShedReason.CALL_LIMIT, metrics.counter("shedByCallLimit"));
    shedUtterances.put(ShedReason.OVERLOAD, metrics.counter("shedByOverload"));
    metrics.gauge("eventLagMs", eventLagMs::get);
    metrics.gauge("checkpointMemoryBytes", checkpointMemoryBytes::get);
    metrics.gauge("checkpointMemoryMs", checkpointMemoryMs::get);
  }

  Counter memoryResets() {
    return metrics.counter("memoryResets");
  }

  /** Shows what this subtask holds, and the work of the model for all its users. */
  void watch(ResidentCalls calls, Turns<?> turns, StepAges ages, ModelHandle handle) {
    EmotionModel model = handle.model();
    metrics.gauge("residentMemoryBytes", calls::idleBytes);
    metrics.gauge("memoryHits", calls::hits);
    metrics.gauge("memoryLoads", calls::loads);
    metrics.gauge("liveCalls", calls::live);
    metrics.gauge("stepsInProgress", turns::steps);
    metrics.gauge("oldestStepMs", ages::oldestMs);
    metrics.gauge("waitingUtterances", handle.recognizer()::pending);
    metrics.gauge("failedBatches", handle.recognizer()::failedBatches);
    metrics.gauge("oversizeBatches", handle.recognizer()::oversizeBatches);
    metrics.gauge("modelBusyMs", handle.recognizer()::busyMs);
    metrics.gauge("modelWaitMs", handle.recognizer()::waitedMs);
    metrics.gauge("modelBatches", () -> model.work().batches());
    metrics.gauge("modelUtterances", () -> model.work().utterances());
    metrics.gauge("modelTokens", () -> model.work().tokens());
    metrics.gauge("modelPaddingTokens", () -> model.work().paddingTokens());
    metrics.gauge("modelEncodeMs", () -> millis(model.work().encodeNanos()));
    metrics.gauge("modelUpdateMs", () -> millis(model.work().updateNanos()));
    metrics.gauge("modelEstimateMs", () -> millis(model.work().estimateNanos()));
  }

  /**
   * An utterance was recognized without its memory.
   *
   * @param lagMs since the capture of its end
   */
  void shed(ShedReason reason, long lagMs) {
    recognizedUtterances.inc();
    eventLagMs.set(lagMs);
    Objects.requireNonNull(shedUtterances.get(reason)).inc();
  }

  /**
   * An utterance was recognized.
   *
   * @param lagMs since the capture of its end
   */
  void recognized(MemoryUpdate update, long lagMs) {
    recognizedUtterances.inc();
    eventLagMs.set(lagMs);
    if (!update.applied()) {
      droppedUpdates.inc();
    }
  }

  void unrecognizable() {
    deadLetters.inc();
  }

  void evicted(int memories) {
    memoryEvictions.inc(memories);
  }

  void saved(long bytes, long nanos) {
    checkpointMemoryBytes.set(bytes);
    checkpointMemoryMs.set(millis(nanos));
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
