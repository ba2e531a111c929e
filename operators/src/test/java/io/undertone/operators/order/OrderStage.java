package io.undertone.operators.order;

import io.undertone.operators.CallEnd;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.chunk.PartitionTime;
import io.undertone.operators.chunk.TimedChunk;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.KeyedStage;
import io.undertone.operators.testing.Stages;
import io.undertone.operators.testing.TestCall;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.Role;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.types.Either;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** The order stage with short bounds, and helpers for its tests. */
final class OrderStage implements AutoCloseable {
  static final CallLimits LIMITS = new CallLimits(60_000, 300_000, 10_000, 3_600_000, 86_400_000);
  static final OrderOptions OPTIONS =
      new OrderOptions(200, 50, 1_000_000, 1000, Set.of(Role.CUSTOMER), Set.of(), LIMITS);

  private static final TestCall CALL = TestCall.ofSeconds("call-1", 4);

  private final KeyedStage<Either<TimedChunk, PartitionTime>, Either<OrderedChunk, CallEnd>> stage;

  /** Time of the only partition, in milliseconds; unlike the clock, it begins at 0. */
  private long recordTimeMs;

  private long nowMs;

  private OrderStage(
      KeyedStage<Either<TimedChunk, PartitionTime>, Either<OrderedChunk, CallEnd>> stage,
      long nowMs) {
    this.stage = stage;
    this.nowMs = nowMs;
  }

  static OrderStage open(OrderOptions options) throws Exception {
    return restore(options, Backend.HASH_MAP, null, 0);
  }

  static OrderStage restore(
      OrderOptions options, Backend backend, @Nullable OperatorSubtaskState snapshot, long nowMs)
      throws Exception {
    return new OrderStage(
        KeyedStage.open(Stages.order(options), backend, 1, snapshot, nowMs), nowMs);
  }

  void process(Chunk chunk) throws Exception {
    stage.process(Either.Left(new TimedChunk(chunk, recordTimeMs)));
  }

  /** Chunks of call-1, by index. */
  void process(long... indexes) throws Exception {
    for (long index : indexes) {
      process(CALL.chunk(index));
    }
  }

  /** Passes the object without a copy, as chained operators do. */
  void processItself(Chunk chunk) throws Exception {
    stage.processItself(Either.Left(new TimedChunk(chunk, recordTimeMs)));
  }

  /** Lets the conversation timeout pass. */
  void endSilently() throws Exception {
    pass(LIMITS.conversationTimeoutMs());
  }

  /** Lets time pass, by the records and by the clock. */
  void pass(long timeMs) throws Exception {
    passRecordTime(timeMs);
    setTimeMs(nowMs + timeMs);
  }

  /** Lets the time of the partition pass, and not the clock. */
  void passRecordTime(long timeMs) throws Exception {
    recordTimeMs += timeMs;
    stage.process(Either.Right(new PartitionTime(0, recordTimeMs, "subtask")));
  }

  /** Lets the clock run, so that no timer is late; the partition stands still. */
  void standStill(long timeMs) throws Exception {
    long endMs = nowMs + timeMs;
    while (nowMs < endMs) {
      setTimeMs(Math.min(endMs, nowMs + 1_000));
    }
  }

  /** Sets the clock; the partition stands still. */
  void setTimeMs(long timeMs) throws Exception {
    nowMs = timeMs;
    stage.setTimeMs(timeMs);
  }

  List<Either<OrderedChunk, CallEnd>> drain() throws Exception {
    return stage.drain();
  }

  List<DeadLetter> drain(OutputTag<DeadLetter> tag) {
    return stage.drain(tag);
  }

  OperatorSubtaskState snapshot() throws Exception {
    return stage.snapshot();
  }

  long count(String counter) {
    return stage.count(counter);
  }

  int timers() {
    return stage.timers();
  }

  int stateEntries() {
    return stage.stateEntries();
  }

  @Override
  public void close() throws Exception {
    stage.close();
  }

  static List<Long> indexes(List<Either<OrderedChunk, CallEnd>> steps) {
    return steps.stream()
        .filter(Either::isLeft)
        .map(step -> step.left().chunk().audio().getChunkIndex())
        .toList();
  }

  static List<CallEnd> ends(List<Either<OrderedChunk, CallEnd>> steps) {
    return steps.stream().filter(Either::isRight).map(Either::right).toList();
  }

  static List<Long> range(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }
}
