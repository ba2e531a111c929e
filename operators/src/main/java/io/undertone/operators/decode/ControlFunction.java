package io.undertone.operators.decode;

import io.undertone.operators.ErasureRequest;
import io.undertone.operators.StageMetrics;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.PartitionTime;
import io.undertone.operators.chunk.TimedChunk;
import io.undertone.schemas.DeadLetterReason;
import io.undertone.schemas.ForgetConversation;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;

/**
 * Decodes requests to erase calls, and forwards each as a chunk without audio that denies consent.
 * Unusable records go to {@link DeadLetters#TAG}.
 */
public final class ControlFunction
    extends ProcessFunction<IncomingRecord, Either<TimedChunk, PartitionTime>> {
  private static final long serialVersionUID = 1L;

  private transient SingleObjectReader<ForgetConversation> reader;
  private transient Counter deadLetters;

  @SuppressWarnings("NullAway.Init") // Flink calls open first.
  public ControlFunction() {}

  @Override
  public void open(OpenContext context) {
    reader = new SingleObjectReader<>(ForgetConversation.class);
    deadLetters = new StageMetrics(getRuntimeContext()).counter("deadLetters");
  }

  @Override
  public void processElement(
      IncomingRecord record, Context context, Collector<Either<TimedChunk, PartitionTime>> out) {
    try {
      ForgetConversation forget = reader.read(record.value());
      ForgetRules.check(forget);
      ErasureRequest request =
          new ErasureRequest(
              record.coordinates(),
              forget.getRequestedBy(),
              forget.getReason(),
              forget.getRequestTimeMs());
      Chunk chunk = Chunk.erasing(forget.getTenant(), forget.getConversationId(), request);
      // The time of the control topic says nothing of the call's.
      out.collect(Either.Left(new TimedChunk(chunk, 0)));
    } catch (MalformedRecordException e) {
      reject(record, DeadLetterReason.MALFORMED, e, context);
    } catch (InvalidChunkException e) {
      reject(record, e.reason(), e, context);
    }
  }

  private void reject(
      IncomingRecord record, DeadLetterReason reason, Exception cause, Context context) {
    deadLetters.inc();
    context.output(DeadLetters.TAG, record.letter(reason, cause).build());
  }
}
