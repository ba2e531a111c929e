package io.undertone.operators;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The counters of a stage, all in the group {@code undertone}. */
public final class StageMetrics {
  private final MetricGroup group;

  public StageMetrics(RuntimeContext context) {
    group = context.getMetricGroup().addGroup("undertone");
  }

  public Counter counter(String name) {
    return group.counter(name);
  }
}
