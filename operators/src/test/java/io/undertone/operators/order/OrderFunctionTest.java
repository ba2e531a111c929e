package io.undertone.operators.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.undertone.operators.CallEnd;
import io.undertone.operators.ChunkCounts;
import io.undertone.operators.DeadLetters;
import io.undertone.operators.decode.Chunk;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.KeyedStage;
import io.undertone.operators.testing.Stages;
import io.undertone.operators.testing.TestCall;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.Consent;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import io.undertone.schemas.EndReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderFunctionTest {
  private static final OrderOptions OPTIONS = new OrderOptions(200, 50, 1000, 60_000, 3_600_000);

  private final TestCall call = TestCall.ofSeconds("call-1", 4);
  private KeyedStage<Chunk, Either<OrderedChunk, CallEnd>> stage;

  @BeforeEach
  void open() throws Exception {
    stage = KeyedStage.open(Stages.order(OPTIONS), Backend.HASH_MAP);
  }

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  @Test
  void passesOrderedChunksOnAtOnceAndEndsTheCallWithItsLast() throws Exception {
    for (Chunk chunk : call.allChunks()) {
      stage.process(chunk);
    }

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactlyElementsOf(range(0, call.chunks()));
    CallEnd end = steps.get(steps.size() - 1).right();
    assertThat(end.reason()).isEqualTo(EndReason.LAST_CHUNK);
    assertThat(end.chunks()).isEqualTo(ChunkCounts.NONE);
    assertThat(end.endOffsetMs()).isEqualTo((call.chunks() - 1) * TestCall.CHUNK_MS);
    assertThat(end.eventTimeMs()).isEqualTo(TestCall.CALL_BEGIN_MS + end.endOffsetMs());
  }

  @Test
  void undoesShufflingWithinTheBound() throws Exception {
    List<Chunk> chunks = new ArrayList<>();
    for (int from = 0; from < call.chunks(); from += 10) {
      List<Chunk> window = new ArrayList<>(call.allChunks().subList(from, from + 10));
      Collections.shuffle(window, new Random(from));
      chunks.addAll(window);
    }

    for (Chunk chunk : chunks) {
      stage.process(chunk);
    }

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactlyElementsOf(range(0, call.chunks()));
    assertThat(steps.get(steps.size() - 1).right().chunks()).isEqualTo(ChunkCounts.NONE);
  }

  @Test
  void whatWaitsInACheckpointGoesOnAsItCame() throws Exception {
    Chunk early = call.chunk(1);
    AudioChunk asItCame = AudioChunk.newBuilder(early.audio()).build();

    stage.processItself(early);
    assertThat(stage.snapshot()).isNotNull();
    process(0);

    assertThat(stage.drain().get(1).left().chunk().audio()).isEqualTo(asItCame);
    assertThat(early.audio()).isEqualTo(asItCame);
  }

  @Test
  void dropsAndCountsDuplicates() throws Exception {
    for (Chunk chunk : call.allChunks()) {
      stage.process(chunk);
      stage.process(chunk);
    }

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactlyElementsOf(range(0, call.chunks()));
    // The last chunk's copy comes behind the call's end.
    assertThat(steps.get(steps.size() - 1).right().chunks().duplicate())
        .isEqualTo(call.chunks() - 1);
    assertThat(stage.drain(DeadLetters.LATE)).isEmpty();
    assertThat(stage.count("duplicateChunks")).isEqualTo(call.chunks());
  }

  @Test
  void givesAMissingChunkUpOnceTheBoundOfAudioHasComeBehindIt() throws Exception {
    process(0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(indexes(stage.drain())).containsExactly(0L, 1L);

    process(13);

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactlyElementsOf(range(3, 14));
    assertThat(steps.get(0).left().missingBefore()).isEqualTo(1);
    assertThat(steps.get(1).left().missingBefore()).isZero();
  }

  @Test
  void sendsAChunkThatWasGivenUpToLate() throws Exception {
    process(0, 2, 12, 1, 1);

    List<DeadLetter> late = stage.drain(DeadLetters.LATE);
    assertThat(late).hasSize(2);
    assertThat(late.get(0).getReason()).isEqualTo(DeadLetterReason.LATE);
    assertThat(late.get(0).getTopic()).isEqualTo(TestCall.TOPIC);
    assertThat(late.get(0).getOffset()).isEqualTo(1);
    assertThat(late.get(0).getMessage())
        .isEqualTo("chunkIndex must be at least 3, since those before were given up, but is 1");
    assertThat(AudioChunk.getDecoder().decode(late.get(0).getValue()))
        .isEqualTo(call.chunk(1).audio());
  }

  @Test
  void boundsTheChunksThatWait() throws Exception {
    OrderOptions patient = OPTIONS.withReorderBoundMs(1_000_000);
    try (var bounded = KeyedStage.open(Stages.order(patient), Backend.HASH_MAP)) {
      for (long index = 1; index <= OPTIONS.maxBufferedChunks(); index++) {
        bounded.process(call.chunk(index));
      }
      assertThat(bounded.drain()).isEmpty();

      bounded.process(call.chunk(OPTIONS.maxBufferedChunks() + 1));

      assertThat(indexes(bounded.drain()))
          .containsExactlyElementsOf(range(1, OPTIONS.maxBufferedChunks() + 2));
    }
  }

  @Test
  void refusesAnIndexThatJumpsTooFarAndGoesOn() throws Exception {
    process(0);
    stage.process(call.chunk(call.audio(1).setChunkIndex(5_000)));
    process(1);

    assertThat(indexes(stage.drain())).containsExactly(0L, 1L);
    List<DeadLetter> letters = stage.drain(DeadLetters.TAG);
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).getMessage())
        .isEqualTo(
            "chunkIndex must be at most 1000 beyond those that came before, but is 5000 where 1 is due");
  }

  @Test
  void joinsACallInItsMidst() throws Exception {
    TestCall old = TestCall.ofSeconds("old", 200);
    for (long index = 5_000; index <= 5_010; index++) {
      stage.process(old.chunk(index));
    }

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactlyElementsOf(range(5_000, 5_011));
    assertThat(steps.get(0).left().missingBefore()).isEqualTo(5_000);
  }

  @Test
  void refusesAChunkThatBeginsBeforeTheOneBefore() throws Exception {
    process(0, 1, 2);
    stage.process(call.chunk(call.audio(3).setStartOffsetMs(20)));
    process(4);

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactly(0L, 1L, 2L, 4L);
    assertThat(steps.get(3).left().missingBefore()).isEqualTo(1);
    assertThat(stage.drain(DeadLetters.TAG))
        .extracting(DeadLetter::getMessage)
        .containsExactly(
            "startOffsetMs must be at least 40, where the chunk before begins, but is 20");
  }

  @Test
  void endsTheCallByALastChunkWhoseOffsetIsWrong() throws Exception {
    process(0, 1, 2);
    stage.process(call.chunk(call.audio(3).setStartOffsetMs(20).setLastChunk(true)));

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactly(0L, 1L, 2L, 3L);
    assertThat(steps.get(3).left().chunk().audio().getPayload().hasRemaining()).isFalse();
    assertThat(steps.get(4).right().reason()).isEqualTo(EndReason.LAST_CHUNK);
    assertThat(stage.drain(DeadLetters.TAG)).hasSize(1);
  }

  @Test
  void refusesChunksBeyondTheLast() throws Exception {
    process(0, 2, 3);
    stage.process(call.chunk(call.audio(1).setLastChunk(true)));

    assertThat(indexes(stage.drain())).containsExactly(0L, 1L);
    assertThat(stage.drain(DeadLetters.TAG))
        .extracting(DeadLetter::getMessage)
        .containsExactly(
            "chunkIndex must be at most 1, that of the channel's last chunk, but is 2",
            "chunkIndex must be at most 1, that of the channel's last chunk, but is 3");
  }

  @Test
  void endsACallWhenAllItsChannelsHaveEnded() throws Exception {
    TestCall other = new TestCall("acme", "call-1", 1, 2);
    process(0);
    stage.process(other.chunk(0));
    stage.process(other.chunk(1));
    assertThat(ends(stage.drain())).isEmpty();

    stage.process(call.chunk(call.audio(1).setLastChunk(true)));

    assertThat(ends(stage.drain())).hasSize(1);
  }

  @Test
  void endsASilentCallAndLetsWhatWaitedGoOnFirst() throws Exception {
    process(0, 2);
    stage.setTimeMs(59_999);
    assertThat(ends(stage.drain())).isEmpty();

    stage.setTimeMs(60_000);

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactly(2L);
    assertThat(ends(steps)).extracting(CallEnd::reason).containsExactly(EndReason.TIMEOUT);
    assertThat(ends(steps).get(0).chunks().missing()).isEqualTo(1);
    assertThat(stage.timers()).isZero();
  }

  @Test
  void everyChunkPutsTheTimeoutOff() throws Exception {
    process(0);
    stage.setTimeMs(50_000);
    process(1);
    stage.setTimeMs(60_000);
    stage.setTimeMs(109_999);
    assertThat(ends(stage.drain())).isEmpty();

    stage.setTimeMs(110_000);

    assertThat(ends(stage.drain())).hasSize(1);
  }

  @Test
  void aStragglerOfAnEndedCallIsLateAndBeginsNoCall() throws Exception {
    process(0);
    stage.setTimeMs(60_000);
    stage.drain();

    process(0, 1);

    assertThat(stage.drain()).isEmpty();
    assertThat(stage.drain(DeadLetters.LATE))
        .extracting(DeadLetter::getOffset, DeadLetter::getMessage)
        .containsExactly(tuple(1L, "chunk must come before the call's end, but came behind it"));
    assertThat(stage.timers()).isZero();
  }

  @Test
  void forgetsAnEndedCallInTime() throws Exception {
    process(0);
    stage.setTimeMs(60_000);
    stage.drain();
    stage.setTimeMs(60_000 + OPTIONS.tombstoneTtlMs() + 1);

    process(0);

    assertThat(indexes(stage.drain())).containsExactly(0L);
  }

  @Test
  void tombstonesOfOldCallsDoNotPileUp() throws Exception {
    int most = 0;
    for (int lifetime = 0; lifetime < 20; lifetime++) {
      stage.setTimeMs(lifetime * (OPTIONS.tombstoneTtlMs() + 1));
      for (int i = 0; i < 500; i++) {
        stage.process(new TestCall("acme", lifetime + "-" + i, 0, 1).chunk(0));
      }
      most = Math.max(most, stage.stateEntries());
    }

    assertThat(most).as("of 10,000 calls, 500 in a lifetime").isLessThan(2_500);
  }

  @Test
  void deniedConsentEndsTheCallAtOnceAndForGood() throws Exception {
    process(0, 1, 3);
    stage.process(call.chunk(call.audio(2).setConsent(Consent.DENIED)));
    process(4, 1, 5);

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).containsExactly(0L, 1L);
    assertThat(ends(steps)).extracting(CallEnd::reason).containsExactly(EndReason.CONSENT_DENIED);
    assertThat(stage.drain(DeadLetters.LATE)).isEmpty();
    assertThat(stage.drain(DeadLetters.TAG)).isEmpty();
    assertThat(stage.count("deniedChunks")).isEqualTo(4);
  }

  @Test
  void consentThatWasDeniedBeforeAnythingElseKeepsTheCallOut() throws Exception {
    stage.process(call.chunk(call.audio(0).setConsent(Consent.DENIED)));
    process(1, 2, 3);

    List<Either<OrderedChunk, CallEnd>> steps = stage.drain();
    assertThat(indexes(steps)).isEmpty();
    assertThat(ends(steps)).extracting(CallEnd::reason).containsExactly(EndReason.CONSENT_DENIED);
    assertThat(stage.timers()).isZero();
  }

  @Test
  void aDeniedCallStaysDeniedAsLongAsChunksCome() throws Exception {
    stage.process(call.chunk(call.audio(0).setConsent(Consent.DENIED)));
    stage.drain();
    for (int i = 1; i <= 5; i++) {
      stage.setTimeMs(i * (OPTIONS.tombstoneTtlMs() - 1));
      process(i);
    }

    assertThat(stage.drain()).isEmpty();
  }

  @Test
  void consentDeniedBehindTheEndKeepsStragglersOutOfLate() throws Exception {
    process(0);
    stage.setTimeMs(60_000);
    stage.drain();

    stage.process(call.chunk(call.audio(1).setConsent(Consent.DENIED)));
    process(2);

    assertThat(stage.drain()).isEmpty();
    assertThat(stage.drain(DeadLetters.LATE)).isEmpty();
  }

  @Test
  void aCallDoesNotEndWhileTheStageWasHeldUp() throws Exception {
    process(0);
    // Nothing could be read for two minutes: the timer fires a minute late, before what waits.
    stage.setTimeMs(120_000);
    assertThat(ends(stage.drain())).isEmpty();
    process(1);
    assertThat(indexes(stage.drain())).containsExactly(1L);

    stage.setTimeMs(180_000);

    assertThat(ends(stage.drain())).extracting(CallEnd::reason).containsExactly(EndReason.TIMEOUT);
  }

  @Test
  void silenceIsCountedFromARestartAtTheEarliest() throws Exception {
    process(0);
    var snapshot = stage.snapshot();
    long hourLater = 3_600_000;
    try (var restored =
        KeyedStage.open(Stages.order(OPTIONS), Backend.HASH_MAP, 1, snapshot, hourLater)) {
      restored.setTimeMs(hourLater + 1);
      assertThat(restored.drain()).isEmpty();
      restored.process(call.chunk(1));
      assertThat(indexes(restored.drain())).containsExactly(1L);

      restored.setTimeMs(hourLater + 60_000);
      assertThat(ends(restored.drain())).isEmpty();
      restored.setTimeMs(hourLater + 60_001);

      assertThat(ends(restored.drain())).hasSize(1);
    }
  }

  private void process(long... indexes) throws Exception {
    for (long index : indexes) {
      stage.process(call.chunk(index));
    }
  }

  private static List<Long> indexes(List<Either<OrderedChunk, CallEnd>> steps) {
    return steps.stream()
        .filter(Either::isLeft)
        .map(step -> step.left().chunk().audio().getChunkIndex())
        .toList();
  }

  private static List<CallEnd> ends(List<Either<OrderedChunk, CallEnd>> steps) {
    return steps.stream().filter(Either::isRight).map(Either::right).toList();
  }

  private static List<Long> range(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }
}
