package io.undertone.operators.recognize;

import io.undertone.audio.Pcm;
import io.undertone.audio.Pcm16;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.operators.CallEnd;
import io.undertone.operators.ChunkCounts;
import io.undertone.operators.Conversation;
import io.undertone.operators.RecordCoordinates;
import io.undertone.operators.RecordRange;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.KeyedStage;
import io.undertone.operators.testing.Stages;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.SpokenUtterance;
import io.undertone.operators.utterance.UtteranceSpan;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.types.Either;
import org.jspecify.annotations.Nullable;

/** The recognize stage under test, and input for it. */
record RecognizeStage(
    KeyedStage<Either<SpokenUtterance, CallEnd>, Either<RecognizedUtterance, CallEnd>> stage)
    implements AutoCloseable {
  static final Conversation CALL = call(1);

  /** Keyed state entries of a saved call: its channels, and their times. */
  static final int ENTRIES_OF_CALL = 2;

  static RecognizeStage open(RecognizeOptions options, EmotionModelFactory models)
      throws Exception {
    return open(options, models, null);
  }

  static RecognizeStage open(
      RecognizeOptions options, EmotionModelFactory models, @Nullable OperatorSubtaskState state)
      throws Exception {
    return open(options, models, Backend.HASH_MAP, 1, state);
  }

  static RecognizeStage open(
      RecognizeOptions options,
      EmotionModelFactory models,
      Backend backend,
      int parallelism,
      @Nullable OperatorSubtaskState state)
      throws Exception {
    return new RecognizeStage(
        KeyedStage.open(Stages.recognize(options, models), backend, parallelism, state, 0));
  }

  static Conversation call(int number) {
    return new Conversation("acme", "call-" + number);
  }

  /** Half a second of one value, on channel 0. */
  static SpokenUtterance utterance(Conversation call, int index, float sample) {
    return utterance(call, 0, index, sample);
  }

  /** Half a second of one value. */
  static SpokenUtterance utterance(Conversation call, int channel, int index, float sample) {
    float[] samples = new float[4000];
    Arrays.fill(samples, sample);
    UtteranceSpan span =
        new UtteranceSpan(
            call,
            channel,
            Role.CUSTOMER,
            index,
            index * 1000L,
            index * 1000L + 500,
            0,
            1,
            2,
            Map.of());
    return SpokenUtterance.of(
        span, records(channel, index), 0, new Pcm16(new Pcm(samples, 8000).toInt16(), 8000));
  }

  /** An utterance has ten chunks; the partition is the channel. */
  private static RecordRange records(int channel, int index) {
    return new RecordRange(
        new RecordCoordinates("audio", channel, index * 10L),
        new RecordCoordinates("audio", channel, index * 10L + 9));
  }

  void take(SpokenUtterance... utterances) throws Exception {
    for (SpokenUtterance utterance : utterances) {
      stage.process(Either.Left(utterance));
    }
  }

  void end(Conversation call) throws Exception {
    stage.process(
        Either.Right(
            new CallEnd(
                call, EndReason.LAST_CHUNK, 0, 0, ChunkCounts.NONE, 0, 0, null, null, Map.of())));
  }

  /** The results of these utterances, and of those before. */
  List<RecognizedUtterance> recognize(SpokenUtterance... utterances) throws Exception {
    take(utterances);
    return stage.drain().stream().map(Either::left).toList();
  }

  /** The output so far, as call and index. */
  List<String> names() {
    return names(stage.output());
  }

  static List<String> names(List<Either<RecognizedUtterance, CallEnd>> steps) {
    return steps.stream()
        .map(
            step ->
                step.isLeft()
                    ? name(step.left().conversation(), step.left().span().utteranceIndex())
                    : step.right().conversation().conversationId() + " end")
        .toList();
  }

  static String name(Conversation call, int index) {
    return call.conversationId() + " " + index;
  }

  @Override
  public void close() throws Exception {
    stage.close();
  }
}
