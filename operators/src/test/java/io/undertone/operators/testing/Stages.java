package io.undertone.operators.testing;

import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.operators.CallEnd;
import io.undertone.operators.ConversationKeys;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.chunk.PartitionTime;
import io.undertone.operators.chunk.TimedChunk;
import io.undertone.operators.emit.EmitFunction;
import io.undertone.operators.emit.EmitOptions;
import io.undertone.operators.encryption.StateKeySource;
import io.undertone.operators.order.OrderFunction;
import io.undertone.operators.order.OrderOptions;
import io.undertone.operators.recognize.RecognizeOperator;
import io.undertone.operators.recognize.RecognizeOptions;
import io.undertone.operators.segment.SegmentFunction;
import io.undertone.operators.segment.SegmentOptions;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.SpokenUtterance;
import io.undertone.schemas.EmotionEvent;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.types.Either;

/** The keyed stages as in the job, with a loudness detector instead of a voice detector. */
public final class Stages {
  public static final TypeInformation<Chunk> CHUNK = TypeInformation.of(Chunk.class);
  public static final TypeInformation<Either<TimedChunk, PartitionTime>> DECODED =
      TypeInformation.of(new TypeHint<>() {});
  public static final TypeInformation<Either<OrderedChunk, CallEnd>> ORDERED =
      TypeInformation.of(new TypeHint<>() {});
  public static final TypeInformation<Either<SpokenUtterance, CallEnd>> SPOKEN =
      TypeInformation.of(new TypeHint<>() {});
  public static final TypeInformation<Either<RecognizedUtterance, CallEnd>> RECOGNIZED =
      RecognizeOperator.OUTPUT_TYPE;
  public static final TypeInformation<EmotionEvent> EVENT = TypeInformation.of(EmotionEvent.class);

  private Stages() {}

  public static StageDefinition<Either<TimedChunk, PartitionTime>, Either<OrderedChunk, CallEnd>>
      order(OrderOptions options) {
    return order(options, StateKeySource.none());
  }

  public static StageDefinition<Either<TimedChunk, PartitionTime>, Either<OrderedChunk, CallEnd>>
      order(OrderOptions options, StateKeySource keys) {
    return StageDefinition.of(
        () -> new OrderFunction(options, keys), PartitionTime::keyOf, DECODED, ORDERED);
  }

  public static StageDefinition<Either<OrderedChunk, CallEnd>, Either<SpokenUtterance, CallEnd>>
      segment(SegmentOptions options) {
    return segment(options, StateKeySource.none());
  }

  public static StageDefinition<Either<OrderedChunk, CallEnd>, Either<SpokenUtterance, CallEnd>>
      segment(SegmentOptions options, StateKeySource keys) {
    return StageDefinition.of(
        () -> new SegmentFunction(options, keys, LoudnessDetector::new),
        ConversationKeys::ofStep,
        ORDERED,
        SPOKEN);
  }

  public static StageDefinition<
          Either<SpokenUtterance, CallEnd>, Either<RecognizedUtterance, CallEnd>>
      recognize(RecognizeOptions options, EmotionModelFactory models) {
    return recognize(options, StateKeySource.none(), models);
  }

  public static StageDefinition<
          Either<SpokenUtterance, CallEnd>, Either<RecognizedUtterance, CallEnd>>
      recognize(RecognizeOptions options, StateKeySource keys, EmotionModelFactory models) {
    return new StageDefinition<>(
        () -> new RecognizeOperator(options, keys, models),
        ConversationKeys::ofStep,
        SPOKEN,
        RECOGNIZED);
  }

  public static StageDefinition<Either<RecognizedUtterance, CallEnd>, EmotionEvent> emit() {
    return emit(EmitOptions.defaults(), StateKeySource.none());
  }

  public static StageDefinition<Either<RecognizedUtterance, CallEnd>, EmotionEvent> emit(
      EmitOptions options) {
    return emit(options, StateKeySource.none());
  }

  public static StageDefinition<Either<RecognizedUtterance, CallEnd>, EmotionEvent> emit(
      EmitOptions options, StateKeySource keys) {
    return StageDefinition.of(
        () -> new EmitFunction(options, keys), ConversationKeys::ofStep, RECOGNIZED, EVENT);
  }
}
