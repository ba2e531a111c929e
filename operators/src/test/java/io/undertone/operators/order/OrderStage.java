package io.undertone.operators.order;

import io.undertone.operators.CallEnd;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.KeyedStage;
import io.undertone.operators.testing.Stages;
import io.undertone.operators.testing.TestCall;
import io.undertone.schemas.DeadLetter;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.types.Either;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** The order stage with short bounds, and helpers for its tests. */
final class OrderStage implements AutoCloseable {
  static final OrderOptions OPTIONS = new OrderOptions(200, 50, 1_000_000, 1000, 60_000, 3_600_000);

  private static final TestCall CALL = TestCall.ofSeconds("call-1", 4);

  private final KeyedStage<Chunk, Either<OrderedChunk, CallEnd>> stage;

  private OrderStage(KeyedStage<Chunk, Either<OrderedChunk, CallEnd>> stage) {
    this.stage = stage;
  }

  static OrderStage open(OrderOptions options) throws Exception {
    return restore(options, Backend.HASH_MAP, null, 0);
  }

  static OrderStage restore(
      OrderOptions options, Backend backend, @Nullable OperatorSubtaskState snapshot, long nowMs)
      throws Exception {
    return new OrderStage(KeyedStage.open(Stages.order(options), backend, 1, snapshot, nowMs));
  }

  void process(Chunk chunk) throws Exception {
    stage.process(chunk);
  }

  /** Chunks of call-1, by index. */
  void process(long... indexes) throws Exception {
    for (long index : indexes) {
      stage.process(CALL.chunk(index));
    }
  }

  /** Passes the object without a copy, as chained operators do. */
  void processItself(Chunk chunk) throws Exception {
    stage.processItself(chunk);
  }

  /** Lets the conversation timeout pass. */
  void endSilently() throws Exception {
    setTimeMs(OPTIONS.conversationTimeoutMs());
  }

  void setTimeMs(long nowMs) throws Exception {
    stage.setTimeMs(nowMs);
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
