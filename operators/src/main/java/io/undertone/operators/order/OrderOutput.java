package io.undertone.operators.order;

import io.undertone.operators.CallEnd;
import io.undertone.operators.Stage;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.ChunkLetters;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import io.undertone.schemas.Role;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The outputs of the order stage.
 *
 * @param sideOutputs late chunks and dead letters
 * @param metrics counters of the side outputs
 * @param main the next stage
 * @param unstored roles whose audio no letter may hold
 */
record OrderOutput(
    BiConsumer<OutputTag<DeadLetter>, DeadLetter> sideOutputs,
    OrderMetrics metrics,
    Collector<Either<OrderedChunk, CallEnd>> main,
    Set<Role> unstored) {

  void forward(OrderedChunk chunk) {
    main.collect(Either.Left(chunk));
  }

  void late(Chunk chunk, String message) {
    metrics.late().inc();
    sideOutputs.accept(
        DeadLetters.LATE,
        ChunkLetters.of(chunk, Stage.ORDER, DeadLetterReason.LATE, message, unstored));
  }

  void reject(Chunk chunk, String message) {
    metrics.deadLetters().inc();
    sideOutputs.accept(
        DeadLetters.TAG,
        ChunkLetters.of(chunk, Stage.ORDER, DeadLetterReason.INVALID, message, unstored));
  }
}
