package io.undertone.operators.decode;

import io.undertone.operators.chunk.PartitionTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Tells all subtasks of the next stage how far the partitions have come. The times travel in the
 * same channels as the chunks, so that none overtakes a chunk.
 */
final class PartitionTicks {
  private final long tickMs;
  private final List<String> subtaskKeys;
  private final Map<Integer, Long> sentMs = new HashMap<>();

  /**
   * Starts with all partitions.
   *
   * @param tickMs time of a partition from one tick to the next
   * @param task of this stage, which has the parallelism of the next one
   */
  PartitionTicks(long tickMs, TaskInfo task) {
    this.tickMs = tickMs;
    subtaskKeys = keys(task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks());
  }

  /** The ticks that are due when a partition has reached a time; one for each subtask. */
  List<PartitionTime> due(int partition, long timeMs) {
    Long last = sentMs.get(partition);
    if (last != null && timeMs - last < tickMs) {
      return List.of();
    }
    sentMs.put(partition, timeMs);
    return subtaskKeys.stream().map(key -> new PartitionTime(partition, timeMs, key)).toList();
  }

  /** A key for each subtask. It has no slash, so that it is no call's. */
  private static List<String> keys(int maxParallelism, int parallelism) {
    List<String> keys = new ArrayList<>();
    Set<Integer> subtasks = new HashSet<>();
    for (int i = 0; subtasks.size() < parallelism; i++) {
      String key = "subtask-" + i;
      if (subtasks.add(
          KeyGroupRangeAssignment.assignKeyToParallelOperator(key, maxParallelism, parallelism))) {
        keys.add(key);
      }
    }
    return keys;
  }
}
