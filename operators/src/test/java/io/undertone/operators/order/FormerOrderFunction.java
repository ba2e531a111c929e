package io.undertone.operators.order;

import io.undertone.operators.CallEnd;
import io.undertone.operators.ConversationKeys;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.state.CallOrder;
import io.undertone.operators.state.WaitingChunk;
import io.undertone.operators.testing.StageDefinition;
import io.undertone.operators.testing.Stages;
import io.undertone.schemas.AudioChunk;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;

/**
 * Writes state as the order stage did when waiting chunks were POJOs. It only forwards due chunks
 * and stores early ones.
 */
final class FormerOrderFunction
    extends KeyedProcessFunction<String, Chunk, Either<OrderedChunk, CallEnd>> {
  private static final long serialVersionUID = 1L;

  static final StageDefinition<Chunk, Either<OrderedChunk, CallEnd>> STAGE =
      new StageDefinition<>(
          () -> new KeyedProcessOperator<>(new FormerOrderFunction()),
          ConversationKeys::of,
          Stages.CHUNK,
          Stages.ORDERED);

  private transient ValueState<CallOrder> calls;
  private transient MapState<ChunkPosition, io.undertone.operators.decode.Chunk> waiting;

  @Override
  public void open(OpenContext context) {
    calls =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("call", new AvroTypeInfo<>(CallOrder.class)));
    waiting =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "waiting-chunks",
                    TypeInformation.of(ChunkPosition.class),
                    TypeInformation.of(io.undertone.operators.decode.Chunk.class)));
  }

  @Override
  public void processElement(
      Chunk chunk, Context context, Collector<Either<OrderedChunk, CallEnd>> out) throws Exception {
    AudioChunk audio = chunk.audio();
    CallOrder call = calls.value();
    if (call == null) {
      call = CallOrders.newCall();
      context.timerService().registerProcessingTimeTimer(OrderStage.LIMITS.conversationTimeoutMs());
    }
    ChannelSequence sequence =
        new ChannelSequence(CallOrders.channel(call, audio.getChannel()), OrderStage.OPTIONS);
    if (sequence.arrival(audio.getChunkIndex()) == Arrival.DUE) {
      long missing = sequence.forward(audio);
      CallOrders.countForwarded(call, audio, missing);
      out.collect(Either.Left(new OrderedChunk(chunk, missing, Map.of())));
    } else {
      sequence.await(new WaitingChunk(audio.getChunkIndex(), audio.getStartOffsetMs(), 0, -1L));
      waiting.put(
          new ChunkPosition(audio.getChannel(), audio.getChunkIndex()),
          new io.undertone.operators.decode.Chunk(chunk.at(), audio));
    }
    calls.update(call);
  }
}
