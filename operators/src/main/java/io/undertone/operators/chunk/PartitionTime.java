package io.undertone.operators.chunk;

import io.undertone.operators.ConversationKeys;
import org.apache.flink.types.Either;

/**
 * How far the records of a partition have come. Each subtask gets it between the chunks of the
 * partition, in order, since its own chunks may all belong to other partitions.
 *
 * @param timeMs time of the partition, in milliseconds: passes with the timestamps of its records,
 *     but not while the partition stalls
 * @param key of no call, but of the subtask that it is for
 */
public record PartitionTime(int partition, long timeMs, String key) {

  /** Key of a chunk's call, or of the subtask that a time is for. */
  public static String keyOf(Either<TimedChunk, PartitionTime> step) {
    return step.isLeft() ? ConversationKeys.of(step.left()) : step.right().key();
  }
}
