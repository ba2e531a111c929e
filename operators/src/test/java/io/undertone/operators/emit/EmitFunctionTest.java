package io.undertone.operators.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.audio.prosody.Prosody;
import io.undertone.model.MemoryUpdate;
import io.undertone.operators.CallEnd;
import io.undertone.operators.ChunkCounts;
import io.undertone.operators.Conversation;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.KeyedStage;
import io.undertone.operators.testing.Stages;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.UtteranceSpan;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.MemoryReset;
import io.undertone.schemas.ParticipantRole;
import io.undertone.schemas.Role;
import io.undertone.schemas.Sentiment;
import io.undertone.schemas.SentimentByPeriod;
import io.undertone.schemas.ShedReason;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmitFunctionTest {
  private static final Conversation CALL = new Conversation("acme", "call-1");
  private static final float[] HAPPY = {0.7f, 0.1f, 0.1f, 0.1f};
  private static final float[] ANGRY = {0.1f, 0.1f, 0.6f, 0.2f};
  private static final float[] NEUTRAL = {0.1f, 0.1f, 0.1f, 0.7f};

  private KeyedStage<Either<RecognizedUtterance, CallEnd>, EmotionEvent> stage;

  @BeforeEach
  void open() throws Exception {
    stage = KeyedStage.open(Stages.emit(), Backend.HASH_MAP);
  }

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  @Test
  void anEventHasAllFieldsOfAnUtterance() throws Exception {
    recognize(0, 0, 1_000, 3_000, ANGRY);

    EmotionEvent event = stage.drain().get(0);
    assertThat(event.getKind()).isEqualTo(EventKind.UTTERANCE);
    assertThat(event.getEventId()).isEqualTo(EventIds.ofUtterance(span(0, 0, 1_000, 3_000)));
    assertThat(event.getRevision()).isEqualTo(17);
    assertThat(event.getTenant()).isEqualTo("acme");
    assertThat(event.getConversationId()).isEqualTo("call-1");
    assertThat(event.getParticipantRole()).isEqualTo(ParticipantRole.CUSTOMER);
    assertThat(event.getBeginOffsetMillis()).isEqualTo(1_000);
    assertThat(event.getEndOffsetMillis()).isEqualTo(3_000);
    assertThat(event.getEventTimeMs()).isEqualTo(53_000);
    assertThat(event.getEmotion()).isEqualTo("angry");
    assertThat(event.getProbabilities())
        .isEqualTo(Map.of("happy", 0.1f, "sad", 0.1f, "angry", 0.6f, "neutral", 0.2f));
    assertThat(event.getConfidence()).isEqualTo(0.6f);
    assertThat(event.getSentiment()).isEqualTo(Sentiment.NEGATIVE);
    assertThat(event.getShift()).isFalse();
    assertThat(event.getPreviousEmotion()).isNull();
    assertThat(event.getUpdateStep()).isEqualTo(1);
    assertThat(event.getUpdateLoss()).isEqualTo(0.5f);
    assertThat(event.getModelVersion()).isEqualTo("fake@1");
    assertThat(event.getMemoryVersion()).isEqualTo(2);
    assertThat(event.getConversation()).isNull();
  }

  @Test
  void anEventOfADroppedUpdateHasNoLoss() throws Exception {
    stage.process(
        Either.Left(
            new RecognizedUtterance(
                span(0, 0, 0, 1_000),
                HAPPY,
                new MemoryUpdate(false, Float.NaN, Float.NaN, 25),
                0,
                "fake@1")));

    assertThat(stage.drain().get(0).getUpdateLoss()).isNull();
  }

  @Test
  void anEventSaysWhyTheMemoryBeganAnewOrWasNotUsed() throws Exception {
    stage.process(
        Either.Left(
            new RecognizedUtterance(
                span(0, 0, 0, 1_000),
                HAPPY,
                new MemoryUpdate(true, 1, 1, 25),
                1,
                "fake@1",
                MemoryReset.MODEL_CHANGED,
                null,
                null,
                null)));
    stage.process(
        Either.Left(
            new RecognizedUtterance(
                span(0, 1, 1_000, 2_000),
                HAPPY,
                new MemoryUpdate(false, Float.NaN, Float.NaN, 25),
                0,
                "fake@1",
                null,
                ShedReason.OVERLOAD,
                null,
                null)));

    List<EmotionEvent> events = stage.drain();
    assertThat(events)
        .extracting(EmotionEvent::getMemoryReset)
        .containsExactly(MemoryReset.MODEL_CHANGED, null);
    assertThat(events).extracting(EmotionEvent::getShed).containsExactly(null, ShedReason.OVERLOAD);
  }

  @Test
  void anEventSaysHowLoudAndHowFastTheUtteranceWas() throws Exception {
    stage.process(
        Either.Left(
            new RecognizedUtterance(
                span(0, 0, 0, 1_000),
                HAPPY,
                new MemoryUpdate(true, 1, 1, 25),
                1,
                "fake@1",
                null,
                null,
                null,
                new Prosody(-23.5f, 4, 4.5f))));
    end(EndReason.LAST_CHUNK, 4_000);

    List<EmotionEvent> events = stage.drain();
    assertThat(events).extracting(EmotionEvent::getLoudnessDbfs).containsExactly(-23.5f, null);
    assertThat(events).extracting(EmotionEvent::getSyllablesPerSecond).containsExactly(4.5f, null);
  }

  @Test
  void detectsShiftsPerChannel() throws Exception {
    recognize(0, 0, 0, 1_000, HAPPY);
    recognize(1, 0, 1_000, 2_000, ANGRY);
    recognize(0, 1, 2_000, 3_000, HAPPY);
    recognize(1, 1, 3_000, 4_000, NEUTRAL);
    end(EndReason.LAST_CHUNK, 4_000);

    List<EmotionEvent> events = stage.drain();
    assertThat(events)
        .extracting(EmotionEvent::getShift)
        .containsExactly(false, false, false, true, false);
    assertThat(events)
        .extracting(EmotionEvent::getPreviousEmotion)
        .containsExactly(null, null, "happy", "angry", null);
    assertThat(events.get(4).getConversation().getShifts()).isEqualTo(1);
  }

  @Test
  void summarizesACallWeightedByDuration() throws Exception {
    recognize(0, 0, 0, 3_000, HAPPY);
    recognize(0, 1, 3_000, 4_000, ANGRY);
    end(EndReason.LAST_CHUNK, 8_000);

    EmotionEvent event = stage.drain().get(2);
    assertThat(event.getKind()).isEqualTo(EventKind.CONVERSATION);
    assertThat(event.getEventId()).isEqualTo(EventIds.ofEnd(CALL, 0, 8_000, EndReason.LAST_CHUNK));
    assertThat(event.getRevision()).isEqualTo(18);
    assertThat(event.getEmotion()).as("emotion of the last utterance").isEqualTo("angry");
    assertThat(event.getConfidence()).isEqualTo(0.6f);
    assertThat(event.getUtteranceIndex()).isEqualTo(2);
    assertThat(event.getEndOffsetMillis()).isEqualTo(8_000);
    assertThat(event.getUpdateStep()).isEqualTo(2);
    ConversationCharacteristics whole = event.getConversation();
    assertThat(whole.getEndReason()).isEqualTo(EndReason.LAST_CHUNK);
    assertThat(whole.getUtterances()).isEqualTo(2);
    assertThat(whole.getOverallEmotion()).isEqualTo("happy");
    assertThat(whole.getOverallProbabilities().get("happy")).isCloseTo(0.55f, within(1e-6f));
    assertThat(whole.getOverallSentiment()).isEqualTo(Sentiment.POSITIVE);
    assertThat(whole.getMissingChunks()).isEqualTo(1);
    assertThat(whole.getDuplicateChunks()).isEqualTo(2);
    assertThat(whole.getLateChunks()).isEqualTo(3);
    assertThat(whole.getMissingAudioMillis()).isEqualTo(20);
  }

  @Test
  void scoresTheQuartersOfACall() throws Exception {
    recognize(0, 0, 0, 3_000, HAPPY);
    recognize(0, 1, 3_000, 4_000, ANGRY);
    end(EndReason.LAST_CHUNK, 8_000);

    List<SentimentByPeriod> quarters =
        stage.drain().get(2).getConversation().getSentimentByQuarter();
    assertThat(quarters)
        .extracting(SentimentByPeriod::getBeginOffsetMillis)
        .containsExactly(0L, 2_000L, 4_000L, 6_000L);
    assertThat(quarters)
        .extracting(SentimentByPeriod::getSentiment)
        .containsExactly(Sentiment.POSITIVE, Sentiment.POSITIVE, null, null);
    assertThat(quarters.get(0).getScore()).isCloseTo(5 * (0.7f - 0.2f), within(1e-5f));
    // The mean of one second of each: happy 0.4, sad 0.1, angry 0.35, neutral 0.15.
    assertThat(quarters.get(1).getScore()).isCloseTo(5 * (0.4f - 0.45f), within(1e-5f));
    assertThat(quarters.get(2).getScore()).isNull();
  }

  @Test
  void aCallWithoutUtterancesHasNoEmotion() throws Exception {
    end(EndReason.TIMEOUT, 0);

    EmotionEvent event = stage.drain().get(0);
    assertThat(event.getEmotion()).isNull();
    assertThat(event.getConfidence()).isNull();
    assertThat(event.getProbabilities()).isEmpty();
    assertThat(event.getChannel()).isEqualTo(-1);
    assertThat(event.getModelVersion()).isEqualTo("fake@1");
    assertThat(event.getConversation().getOverallEmotion()).isNull();
    assertThat(event.getConversation().getSentimentByQuarter()).hasSize(4);
  }

  @Test
  void anUncertainUtteranceKeepsItsProbabilities() throws Exception {
    openWithUncertainBelow(0.65);
    recognize(0, 0, 0, 3_000, ANGRY);

    EmotionEvent event = stage.drain().get(0);
    assertThat(event.getEmotion()).isEqualTo("uncertain");
    assertThat(event.getConfidence()).isEqualTo(0.6f);
    assertThat(event.getProbabilities())
        .isEqualTo(Map.of("happy", 0.1f, "sad", 0.1f, "angry", 0.6f, "neutral", 0.2f));
    assertThat(event.getSentiment()).isNull();
  }

  @Test
  void shiftsPassOverUncertainUtterances() throws Exception {
    openWithUncertainBelow(0.65);
    recognize(0, 0, 0, 1_000, HAPPY);
    recognize(0, 1, 1_000, 2_000, ANGRY);
    recognize(0, 2, 2_000, 3_000, HAPPY);
    recognize(0, 3, 3_000, 4_000, NEUTRAL);
    end(EndReason.LAST_CHUNK, 4_000);

    List<EmotionEvent> events = stage.drain();
    assertThat(events)
        .extracting(EmotionEvent::getEmotion)
        .containsExactly("happy", "uncertain", "happy", "neutral", "neutral");
    assertThat(events)
        .extracting(EmotionEvent::getShift)
        .containsExactly(false, false, false, true, false);
    assertThat(events)
        .extracting(EmotionEvent::getPreviousEmotion)
        .containsExactly(null, "happy", "happy", "happy", null);
    assertThat(events.get(4).getConversation().getShifts()).isEqualTo(1);
  }

  @Test
  void theSummaryCountsUncertainUtterancesByTheirProbabilities() throws Exception {
    openWithUncertainBelow(0.65);
    recognize(0, 0, 0, 1_000, HAPPY);
    recognize(0, 1, 1_000, 5_000, ANGRY);
    end(EndReason.LAST_CHUNK, 5_000);

    EmotionEvent event = stage.drain().get(2);
    assertThat(event.getEmotion()).isEqualTo("uncertain");
    assertThat(event.getSentiment()).isNull();
    assertThat(event.getConversation().getOverallEmotion()).isEqualTo("angry");
    assertThat(event.getConversation().getOverallProbabilities().get("angry"))
        .isCloseTo(0.5f, within(1e-6f));
    assertThat(event.getConversation().getOverallSentiment()).isEqualTo(Sentiment.NEGATIVE);
  }

  private void openWithUncertainBelow(double bound) throws Exception {
    stage.close();
    stage = KeyedStage.open(Stages.emit(new EmitOptions(bound)), Backend.HASH_MAP);
  }

  @Test
  void aSummaryAfterDeniedConsentIsEmpty() throws Exception {
    recognize(0, 0, 0, 3_000, HAPPY);
    end(EndReason.CONSENT_DENIED, 4_000);

    EmotionEvent event = stage.drain().get(1);
    assertThat(event.getEmotion()).isNull();
    assertThat(event.getConversation().getUtterances()).isZero();
    assertThat(event.getConversation().getOverallProbabilities()).isEmpty();
    assertThat(stage.stateEntries()).isZero();
  }

  @Test
  void erasesTheStateOfAnEndedCall() throws Exception {
    recognize(0, 0, 0, 3_000, HAPPY);
    end(EndReason.LAST_CHUNK, 4_000);

    assertThat(stage.stateEntries()).isZero();
  }

  /** Readers deduplicate by these ids: they must never change. */
  @Test
  void eventIdsAreStable() {
    assertThat(EventIds.ofUtterance(span(0, 7, 1_000, 3_000)))
        .isEqualTo("5789e70cbdb3d98e57c0076b2499db54");
    assertThat(EventIds.ofEnd(CALL, 1_000, 8_000, EndReason.TIMEOUT))
        .isEqualTo("bf4a0b4b660292967db5e8a6cb670725");
  }

  private void recognize(int channel, int index, long beginMs, long endMs, float[] probabilities)
      throws Exception {
    stage.process(
        Either.Left(
            new RecognizedUtterance(
                span(channel, index, beginMs, endMs),
                probabilities,
                new MemoryUpdate(true, 0.5f, 1, 25),
                index + 1,
                "fake@1")));
  }

  private static UtteranceSpan span(int channel, int index, long beginMs, long endMs) {
    return new UtteranceSpan(
        CALL, channel, Role.CUSTOMER, index, beginMs, endMs, 0, 50_000 + endMs, 17, Map.of());
  }

  private void end(EndReason reason, long endOffsetMs) throws Exception {
    stage.process(
        Either.Right(
            new CallEnd(
                CALL,
                reason,
                endOffsetMs,
                50_000 + endOffsetMs,
                new ChunkCounts(1, 2, 3),
                18,
                20,
                "fake@1",
                null,
                Map.of())));
  }
}
