package io.undertone.operators.order;

import io.undertone.operators.CallEnd;
import io.undertone.operators.Stage;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.ChunkLetters;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import java.util.function.BiConsumer;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Where a call's chunks go from here.
 *
 * @param letters the stage's side outputs
 * @param metrics counts what goes there
 * @param road the next stage
 */
record StageOutlet(
    BiConsumer<OutputTag<DeadLetter>, DeadLetter> letters,
    OrderMetrics metrics,
    Collector<Either<OrderedChunk, CallEnd>> road) {

  void passOn(OrderedChunk chunk) {
    road.collect(Either.Left(chunk));
  }

  void late(Chunk chunk, String message) {
    metrics.late().inc();
    letters.accept(
        DeadLetters.LATE, ChunkLetters.of(chunk, Stage.ORDER, DeadLetterReason.LATE, message));
  }

  void refuse(Chunk chunk, String message) {
    metrics.deadLetters().inc();
    letters.accept(
        DeadLetters.TAG, ChunkLetters.of(chunk, Stage.ORDER, DeadLetterReason.INVALID, message));
  }
}
