package io.undertone.operators;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of a stage, in the group {@code undertone}. */
public final class StageMetrics {
  private final MetricGroup group;

  public StageMetrics(RuntimeContext context) {
    group = context.getMetricGroup().addGroup("undertone");
  }

  public Counter counter(String name) {
    return group.counter(name);
  }

  /**
   * Registers a gauge.
   *
   * @param value must be thread-safe
   */
  public void gauge(String name, Gauge<? extends Number> value) {
    group.gauge(name, value);
  }
}
