package io.undertone.operators.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.undertone.operators.CallEnd;
import io.undertone.operators.ChunkCounts;
import io.undertone.operators.RecordRange;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.KeyedStage;
import io.undertone.operators.testing.Stages;
import io.undertone.operators.testing.TestCall;
import io.undertone.operators.utterance.SpokenUtterance;
import io.undertone.operators.utterance.UtteranceSpan;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import io.undertone.schemas.EndReason;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SegmentFunctionTest {
  private static final long FRAME_MS = 32;

  private final TestCall call = TestCall.ofSeconds("call-1", 6);
  private KeyedStage<Either<OrderedChunk, CallEnd>, Either<SpokenUtterance, CallEnd>> stage;

  @BeforeEach
  void open() throws Exception {
    stage = KeyedStage.open(Stages.segment(SegmentOptions.defaults()), Backend.HASH_MAP);
  }

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  @Test
  void doesNotModifyItsInput() throws Exception {
    for (Chunk chunk : call.allChunks()) {
      AudioChunk original = AudioChunk.newBuilder(chunk.audio()).build();

      stage.processItself(Either.Left(new OrderedChunk(chunk, 0, Map.of())));

      assertThat(chunk.audio()).isEqualTo(original);
    }
    assertThat(stage.drain()).hasSize(3);
  }

  @Test
  void splitsACallIntoUtterances() throws Exception {
    for (Chunk chunk : call.allChunks()) {
      process(chunk, 0);
    }

    List<UtteranceSpan> spans = spans(stage.drain());
    assertThat(spans).hasSize(3);
    for (int i = 0; i < 3; i++) {
      UtteranceSpan span = spans.get(i);
      assertThat(span.utteranceIndex()).isEqualTo(i);
      assertThat(span.beginOffsetMs()).isCloseTo(i * 2000L, within(3 * FRAME_MS));
      assertThat(span.endOffsetMs()).isCloseTo(i * 2000L + 1000, within(3 * FRAME_MS));
      assertThat(span.missingAudioMs()).isZero();
      assertThat(span.eventTimeMs()).isEqualTo(TestCall.CALL_BEGIN_MS + span.endOffsetMs());
    }
  }

  @Test
  void anUtteranceNamesItsFirstAndLastChunk() throws Exception {
    for (Chunk chunk : call.allChunks()) {
      process(chunk, 0);
    }

    for (Either<SpokenUtterance, CallEnd> step : stage.drain()) {
      UtteranceSpan span = step.left().span();
      RecordRange records = Objects.requireNonNull(step.left().records());
      // The offset of a chunk is its index.
      assertThat(records.first().offset()).isEqualTo(span.beginOffsetMs() / TestCall.CHUNK_MS);
      assertThat(records.last().offset()).isEqualTo((span.endOffsetMs() - 1) / TestCall.CHUNK_MS);
      assertThat(records.first().topic()).isEqualTo(TestCall.TOPIC);
    }
  }

  @Test
  void theChunksOfAnOpenUtteranceSurviveARestore() throws Exception {
    processAll(0, 40);
    try (var restored =
        KeyedStage.open(
            Stages.segment(SegmentOptions.defaults()), Backend.HASH_MAP, 1, stage.snapshot(), 0)) {
      for (long index = 40; index < 80; index++) {
        restored.process(Either.Left(new OrderedChunk(call.chunk(index), 0, Map.of())));
      }

      RecordRange records = Objects.requireNonNull(restored.drain().get(0).left().records());
      assertThat(records.first().offset()).isZero();
      assertThat(records.last().offset()).isBetween(49L, 55L);
    }
  }

  @Test
  void addsResultsToTheCallEndAndErasesTheCall() throws Exception {
    for (Chunk chunk : call.allChunks()) {
      process(chunk, 0);
    }
    end(EndReason.LAST_CHUNK);

    List<Either<SpokenUtterance, CallEnd>> steps = stage.drain();
    CallEnd end = steps.get(steps.size() - 1).right();
    assertThat(end.endOffsetMs()).isEqualTo(6000);
    assertThat(end.eventTimeMs()).isEqualTo(TestCall.CALL_BEGIN_MS + 6000);
    assertThat(end.missingAudioMs()).isZero();
    assertThat(stage.stateEntries()).isZero();
  }

  @Test
  void closesTheOpenUtteranceAtTheEnd() throws Exception {
    processAll(0, 25);
    assertThat(stage.drain()).isEmpty();

    end(EndReason.TIMEOUT);

    List<Either<SpokenUtterance, CallEnd>> steps = stage.drain();
    assertThat(spans(steps)).hasSize(1);
    assertThat(steps.get(1).right().reason()).isEqualTo(EndReason.TIMEOUT);
  }

  @Test
  void dropsTheOpenUtteranceWhenConsentIsDenied() throws Exception {
    processAll(0, 25);

    end(EndReason.CONSENT_DENIED);

    assertThat(spans(stage.drain())).isEmpty();
    assertThat(stage.stateEntries()).isZero();
  }

  @Test
  void fillsAMissingChunkWithinTheTolerance() throws Exception {
    processAll(0, 10);
    process(call.chunk(11), 1);
    processAll(12, call.chunks());
    end(EndReason.LAST_CHUNK);

    List<Either<SpokenUtterance, CallEnd>> steps = stage.drain();
    assertThat(spans(steps)).hasSize(3);
    assertThat(spans(steps).get(0).missingAudioMs()).isEqualTo(TestCall.CHUNK_MS);
    assertThat(steps.get(3).right().missingAudioMs()).isEqualTo(TestCall.CHUNK_MS);
  }

  @Test
  void toleratesJitterOfOffsets() throws Exception {
    for (long index = 0; index < call.chunks(); index++) {
      long jitterMs = index * 7 % 31;
      process(at(index, index * TestCall.CHUNK_MS + jitterMs), 0);
    }
    end(EndReason.LAST_CHUNK);

    List<Either<SpokenUtterance, CallEnd>> steps = stage.drain();
    assertThat(spans(steps)).hasSize(3);
    assertThat(steps.get(3).right().missingAudioMs()).isZero();
    assertThat(steps.get(3).right().endOffsetMs()).isEqualTo(6000);
  }

  @Test
  void followsOffsetsAheadOfTheSamples() throws Exception {
    assertThat(endOffsetMsWhenChunksBeginEvery(21)).isCloseTo(21 * call.chunks(), within(80L));
  }

  @Test
  void followsOffsetsBehindTheSamples() throws Exception {
    assertThat(endOffsetMsWhenChunksBeginEvery(19)).isCloseTo(19 * call.chunks(), within(80L));
  }

  @Test
  void aGapOfHoursEndsTheUtteranceAndAdvancesOffsets() throws Exception {
    long tenHoursMs = 36_000_000;
    processAll(0, 25);
    for (long index = 25; index < call.chunks(); index++) {
      process(at(index, index * TestCall.CHUNK_MS + tenHoursMs), 0);
    }
    end(EndReason.LAST_CHUNK);

    List<Either<SpokenUtterance, CallEnd>> steps = stage.drain();
    List<UtteranceSpan> spans = spans(steps);
    assertThat(spans).hasSize(4);
    assertThat(spans.get(0).endOffsetMs()).isCloseTo(500, within(3 * FRAME_MS));
    assertThat(spans.get(1).beginOffsetMs()).isCloseTo(tenHoursMs + 500, within(3 * FRAME_MS));
    assertThat(steps.get(4).right().missingAudioMs()).isEqualTo(tenHoursMs);
  }

  @Test
  void undecodableAudioIsADeadLetterAndCountsAsMissing() throws Exception {
    processAll(0, 10);
    process(call.chunk(call.audio(10).setPayload(ByteBuffer.wrap(new byte[] {1, 2, 3}))), 0);
    processAll(11, call.chunks());
    end(EndReason.LAST_CHUNK);

    List<DeadLetter> letters = stage.drain(DeadLetters.TAG);
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).getStage()).isEqualTo("segment");
    assertThat(letters.get(0).getReason()).isEqualTo(DeadLetterReason.UNDECODABLE_AUDIO);
    assertThat(letters.get(0).getOffset()).isEqualTo(10);
    List<Either<SpokenUtterance, CallEnd>> steps = stage.drain();
    assertThat(spans(steps).get(0).missingAudioMs()).isEqualTo(TestCall.CHUNK_MS);
  }

  @Test
  void segmentsTheChannelsOfACallSeparately() throws Exception {
    TestCall other = new TestCall("acme", "call-1", 1, call.chunks());
    for (long index = 0; index < call.chunks(); index++) {
      process(call.chunk(index), 0);
      process(other.chunk(index), 0);
    }
    end(EndReason.LAST_CHUNK);

    assertThat(spans(stage.drain()))
        .extracting(UtteranceSpan::channel, UtteranceSpan::utteranceIndex)
        .containsExactly(
            tuple(0, 0), tuple(1, 0), tuple(0, 1), tuple(1, 1), tuple(0, 2), tuple(1, 2));
  }

  private long endOffsetMsWhenChunksBeginEvery(long ms) throws Exception {
    for (long index = 0; index < call.chunks(); index++) {
      process(at(index, index * ms), 0);
    }
    end(EndReason.LAST_CHUNK);
    List<Either<SpokenUtterance, CallEnd>> steps = stage.drain();
    assertThat(spans(steps)).hasSize(3);
    return steps.get(3).right().endOffsetMs();
  }

  private Chunk at(long index, long startOffsetMs) {
    AudioChunk.Builder audio =
        call.audio(index)
            .setStartOffsetMs(startOffsetMs)
            .setCaptureTimeMs(TestCall.CALL_BEGIN_MS + startOffsetMs);
    return call.chunk(audio);
  }

  private void processAll(long from, long to) throws Exception {
    for (long index = from; index < to; index++) {
      process(call.chunk(index), 0);
    }
  }

  private void process(Chunk chunk, long missingBefore) throws Exception {
    stage.process(Either.Left(new OrderedChunk(chunk, missingBefore, Map.of())));
  }

  private void end(EndReason reason) throws Exception {
    stage.process(
        Either.Right(
            new CallEnd(
                call.chunk(0).conversation(),
                reason,
                0,
                0,
                ChunkCounts.NONE,
                0,
                0,
                null,
                null,
                Map.of())));
  }

  private static List<UtteranceSpan> spans(List<Either<SpokenUtterance, CallEnd>> steps) {
    return steps.stream().filter(Either::isLeft).map(step -> step.left().span()).toList();
  }
}
