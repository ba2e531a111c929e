package io.undertone.operators.testing;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;

/** Counters and gauges of a stage's subtasks. */
public final class StageCounters {
  private final Map<String, Queue<Counter>> counters = new ConcurrentHashMap<>();
  private final Map<String, Queue<Gauge<?>>> gauges = new ConcurrentHashMap<>();

  /** The environment of a subtask that registers its metrics here. */
  public MockEnvironment environment(int maxParallelism, int parallelism, int subtask) {
    return new MockEnvironmentBuilder()
        .setTaskName("stage")
        .setMaxParallelism(maxParallelism)
        .setParallelism(parallelism)
        .setSubtaskIndex(subtask)
        .setMetricGroup(taskGroup())
        .build();
  }

  /** Sum of a counter over all subtasks. */
  public long count(String counter) {
    Queue<Counter> registered = counters.get(counter);
    if (registered == null) {
      throw new AssertionError("no counter " + counter + " but " + counters.keySet());
    }
    return registered.stream().mapToLong(Counter::getCount).sum();
  }

  /** Sum of a gauge over all subtasks. */
  public long measure(String gauge) {
    Queue<Gauge<?>> registered = gauges.get(gauge);
    if (registered == null) {
      throw new AssertionError("no gauge " + gauge + " but " + gauges.keySet());
    }
    return registered.stream().mapToLong(one -> ((Number) one.getValue()).longValue()).sum();
  }

  private TaskMetricGroup taskGroup() {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer(
                (metric, name, group) -> {
                  if (metric instanceof Counter counter) {
                    counters
                        .computeIfAbsent(name, ignored -> new ConcurrentLinkedQueue<>())
                        .add(counter);
                  } else if (metric instanceof Gauge<?> gauge) {
                    gauges
                        .computeIfAbsent(name, ignored -> new ConcurrentLinkedQueue<>())
                        .add(gauge);
                  }
                })
            .build();
    return TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "localhost", new ResourceID("task-manager"))
        .addJob(new JobID(), "job")
        .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "stage");
  }
}
