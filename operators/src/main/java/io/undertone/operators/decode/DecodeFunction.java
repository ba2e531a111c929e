package io.undertone.operators.decode;

import io.undertone.operators.StageMetrics;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.LetterBuilder;
import io.undertone.operators.chunk.PartitionTime;
import io.undertone.operators.chunk.TimedChunk;
import io.undertone.operators.state.PartitionClock;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.Consent;
import io.undertone.schemas.DeadLetterReason;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records, validates them and forwards the chunks of analysed channels. Unusable records go
 * to {@link DeadLetters#TAG}. A chunk that denies consent is forwarded from any channel, without
 * its audio. Also measures the time of each partition, and tells it to all subtasks of the next
 * stage.
 *
 * <p>Dead letters of this stage have no value, since it does not know whether the call's audio may
 * be stored.
 */
public final class DecodeFunction
    extends ProcessFunction<IncomingRecord, Either<TimedChunk, PartitionTime>>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final DecodeOptions options;
  private transient SingleObjectReader<AudioChunk> reader;
  private transient ChunkRules rules;

  @SuppressWarnings("NullAway.Init") // Flink calls initializeState first.
  private transient RecordClocks clocks;

  @SuppressWarnings("NullAway.Init") // Flink calls initializeState first.
  private transient ListState<PartitionClock> savedClocks;

  private transient PartitionTicks ticks;
  private transient Counter deadLetters;
  private transient Counter droppedChunks;
  private transient AtomicLong recordAgeMs;

  @SuppressWarnings("NullAway.Init") // Flink calls open first.
  public DecodeFunction(DecodeOptions options) {
    this.options = options;
  }

  /** All subtasks restore all clocks, since partitions move between subtasks. */
  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    savedClocks =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    "partition-clocks", new AvroTypeInfo<>(PartitionClock.class)));
    clocks = new RecordClocks(options.stallMs());
    clocks.restore(savedClocks.get());
  }

  @Override
  public void open(OpenContext context) {
    reader = new SingleObjectReader<>(AudioChunk.class);
    rules = new ChunkRules(options);
    ticks = new PartitionTicks(options.tickMs(), getRuntimeContext().getTaskInfo());
    StageMetrics metrics = new StageMetrics(getRuntimeContext());
    deadLetters = metrics.counter("deadLetters");
    droppedChunks = metrics.counter("droppedChunks");
    recordAgeMs = new AtomicLong();
    metrics.gauge("recordAgeMs", recordAgeMs::get);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    savedClocks.update(clocks.all());
  }

  @Override
  public void processElement(
      IncomingRecord record, Context context, Collector<Either<TimedChunk, PartitionTime>> out) {
    long partitionTimeMs = clocks.read(record.partition(), record.timestampMs());
    ticks.due(record.partition(), partitionTimeMs).forEach(tick -> out.collect(Either.Right(tick)));
    recordAgeMs.set(context.timerService().currentProcessingTime() - record.timestampMs());
    AudioChunk audio = null;
    try {
      audio = reader.read(record.value());
      NameRules.checkConversation(audio.getTenant(), audio.getConversationId());
      if (audio.getConsent() == Consent.DENIED) {
        audio.setPayload(ByteBuffer.allocate(0));
        audio.setChannelRoles(List.of());
      } else if (!options.analysedRoles().contains(audio.getRole())) {
        droppedChunks.inc();
        return;
      } else {
        rules.checkAudio(audio);
      }
      Chunk chunk = new Chunk(record.coordinates(), audio);
      out.collect(Either.Left(new TimedChunk(chunk, partitionTimeMs)));
    } catch (MalformedRecordException e) {
      reject(record, null, DeadLetterReason.MALFORMED, e, context);
    } catch (InvalidChunkException e) {
      reject(record, audio, e.reason(), e, context);
    }
  }

  private void reject(
      IncomingRecord record,
      @Nullable AudioChunk audio,
      DeadLetterReason reason,
      Exception cause,
      Context context) {
    deadLetters.inc();
    LetterBuilder letter = record.letter(reason, cause);
    if (audio != null) {
      letter.setTenant(audio.getTenant()).setConversationId(audio.getConversationId());
    }
    context.output(DeadLetters.TAG, letter.build());
  }
}
