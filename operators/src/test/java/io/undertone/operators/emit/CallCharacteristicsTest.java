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
import io.undertone.schemas.NegativeEpisode;
import io.undertone.schemas.OffsetSpan;
import io.undertone.schemas.Role;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.types.Either;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the summary of a call says beside its emotions. */
class CallCharacteristicsTest {
  private static final Conversation CALL = new Conversation("acme", "call-1");
  private static final float[] HAPPY = {1, 0, 0, 0};
  private static final float[] ANGRY = {0, 0, 1, 0};
  private static final float[] NEUTRAL = {0, 0, 0, 1};
  private static final float[] DOUBTFUL_ANGRY = {0.3f, 0, 0.4f, 0.3f};

  private KeyedStage<Either<RecognizedUtterance, CallEnd>, EmotionEvent> stage;

  /** Those before the last summary. */
  private List<EmotionEvent> eventsBefore = List.of();

  @BeforeEach
  void open() throws Exception {
    stage = KeyedStage.open(Stages.emit(new EmitOptions(0.5)), Backend.HASH_MAP);
  }

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  @Test
  void withoutTheAgentWhatNeedsBothSidesIsNull() throws Exception {
    customer(1_000, 3_000, NEUTRAL);
    ConversationCharacteristics call = end(10_000);

    assertThat(call.getTotalConversationDurationMillis()).isEqualTo(10_000);
    assertThat(call.getTalkTime().getTotalTimeMillis()).isNull();
    assertThat(call.getTalkTime().getDetailsByParticipant()).containsOnlyKeys("CUSTOMER");
    assertThat(talkTimeMs(call, "CUSTOMER")).isEqualTo(2_000);
    assertThat(call.getNonTalkTime()).isNull();
    assertThat(call.getInterruptions()).isNull();
  }

  @Test
  void withoutTheCustomerWhatNeedsBothSidesIsNull() throws Exception {
    agentActivity(1_000, 3_000);
    ConversationCharacteristics call = end(10_000);

    assertThat(call.getTalkTime().getTotalTimeMillis()).isNull();
    assertThat(call.getNonTalkTime()).isNull();
    assertThat(call.getInterruptions()).isNull();
    assertThat(call.getUtterances()).isZero();
    assertThat(call.getCallScore()).isNull();
    assertThat(call.getNegativeEpisodes()).isEmpty();
  }

  @Test
  void theAgentsActivityGivesTalkTimesAndSilencesOfMoreThanThreeSeconds() throws Exception {
    agentActivity(1_000, 3_000);
    customer(4_000, 7_000, NEUTRAL);
    agentActivity(10_000, 12_000);
    customer(15_001, 16_000, NEUTRAL);
    ConversationCharacteristics call = end(20_000);

    assertThat(call.getTalkTime().getTotalTimeMillis()).isEqualTo(7_999);
    assertThat(talkTimeMs(call, "AGENT")).isEqualTo(4_000);
    assertThat(call.getNonTalkTime().getInstances())
        .containsExactly(new OffsetSpan(12_000L, 15_001L), new OffsetSpan(16_000L, 20_000L));
    assertThat(call.getNonTalkTime().getTotalTimeMillis()).isEqualTo(7_001);
  }

  @Test
  void speechOfTheAgentGivesNoEventAndNoEstimate() throws Exception {
    customer(0, 2_000, HAPPY);
    agentActivity(2_000, 9_000);
    ConversationCharacteristics call = end(10_000);

    assertThat(eventsBefore).hasSize(1);
    assertThat(call.getUtterances()).isEqualTo(1);
    assertThat(call.getOverallProbabilities().get("happy")).isEqualTo(1);
    assertThat(call.getSentimentByQuarter().get(2).getScore()).isNull();
    assertThat(call.getLoudness().getDetailsByParticipant()).doesNotContainKey("AGENT");
    assertThat(call.getTalkSpeed().getDetailsByParticipant()).doesNotContainKey("AGENT");
  }

  @Test
  void whoTakesTheTurnWhileTheOtherOneSpeaksInterrupts() throws Exception {
    customer(0, 5_000, NEUTRAL);
    agentActivity(4_000, 8_000);
    customer(7_000, 9_000, NEUTRAL);
    ConversationCharacteristics call = end(10_000);

    assertThat(call.getInterruptions().getTotalCount()).isEqualTo(2);
    assertThat(call.getInterruptions().getTotalTimeMillis()).isEqualTo(2_000);
    assertThat(call.getInterruptions().getInterruptionsByInterrupter())
        .isEqualTo(
            Map.of(
                "AGENT", List.of(new OffsetSpan(4_000L, 5_000L)),
                "CUSTOMER", List.of(new OffsetSpan(7_000L, 8_000L))));
  }

  @Test
  void aSignOfListeningIsNoInterruption() throws Exception {
    customer(0, 5_000, NEUTRAL);
    agentActivity(4_600, 5_300);
    customer(5_400, 8_000, NEUTRAL);
    agentActivity(2_000, 2_600);

    assertThat(end(10_000).getInterruptions().getTotalCount())
        .as("the pause of 400 ms belongs to the customer's turn")
        .isZero();
  }

  @Test
  void aShortOverlapAtTheChangeOfTurnsIsNoInterruption() throws Exception {
    customer(0, 5_000, NEUTRAL);
    agentActivity(4_501, 8_000);

    assertThat(end(10_000).getInterruptions().getTotalCount()).isZero();
  }

  @Test
  void anUtteranceThatWasCutIsNoInterruption() throws Exception {
    agentActivity(1_000, 14_000);
    customer(0, 10_000, NEUTRAL);
    customer(10_000, 15_000, NEUTRAL);

    assertThat(end(20_000).getInterruptions().getTotalCount()).isZero();
  }

  @Test
  void theOverlapOfTwoChannelsOfTheSameRoleCountsOnce() throws Exception {
    customer(0, 4_000, NEUTRAL);
    recognize(1, Role.CUSTOMER, 2_000, 5_000, NEUTRAL, null);

    assertThat(talkTimeMs(end(10_000), "CUSTOMER")).isEqualTo(5_000);
  }

  @Test
  void loudnessIsAMeanOfPowerAndPaceOneOfPacesByDuration() throws Exception {
    recognize(0, Role.CUSTOMER, 0, 1_000, NEUTRAL, new Prosody(-20, 4, 4));
    recognize(0, Role.CUSTOMER, 2_000, 5_000, NEUTRAL, new Prosody(-30, 18, 6));
    recognize(1, Role.AGENT, 6_000, 7_000, NEUTRAL, new Prosody(-10, 3, 3));
    ConversationCharacteristics call = end(10_000);

    // One second of power 0.01 and three of 0.001.
    assertThat(loudness(call, "CUSTOMER"))
        .isCloseTo((float) (10 * Math.log10(0.013 / 4)), within(1e-3f));
    assertThat(pace(call, "CUSTOMER")).isCloseTo(5.5f, within(1e-5f));
    assertThat(loudness(call, "AGENT")).isCloseTo(-10, within(1e-4f));
  }

  @Test
  void anEpisodeEndsWithTheFirstUtteranceThatIsNotNegativeAndLasts() throws Exception {
    customer(0, 1_000, NEUTRAL);
    customer(2_000, 3_000, ANGRY);
    customer(4_000, 5_000, NEUTRAL);
    customer(6_000, 7_000, ANGRY);
    customer(8_000, 9_000, NEUTRAL);
    customer(10_000, 11_000, HAPPY);
    customer(12_000, 13_000, ANGRY);
    ConversationCharacteristics call = end(14_000);

    assertThat(call.getNegativeEpisodes())
        .containsExactly(new NegativeEpisode(2_000L, 8_000L), new NegativeEpisode(12_000L, null));
    assertThat(call.getRecoveryTimeMillis()).isEqualTo(6_000);
  }

  @Test
  void theLastUtteranceOfACallCanEndAnEpisode() throws Exception {
    customer(0, 1_000, ANGRY);
    customer(2_000, 3_000, NEUTRAL);

    assertThat(end(4_000).getNegativeEpisodes()).containsExactly(new NegativeEpisode(0L, 2_000L));
  }

  @Test
  void uncertainUtterancesNeitherBeginNorEndAnEpisode() throws Exception {
    customer(0, 1_000, DOUBTFUL_ANGRY);
    customer(2_000, 3_000, ANGRY);
    customer(4_000, 5_000, NEUTRAL);
    customer(5_000, 6_000, DOUBTFUL_ANGRY);
    customer(6_000, 7_000, NEUTRAL);

    assertThat(end(8_000).getNegativeEpisodes())
        .containsExactly(new NegativeEpisode(2_000L, 4_000L));
  }

  @Test
  void aCallThatEndedWithoutRecoveryHasNoRecoveryTime() throws Exception {
    customer(0, 1_000, ANGRY);

    assertThat(end(2_000).getRecoveryTimeMillis()).isNull();
  }

  @Test
  void anAngryAgentIsNoEpisodeAndDoesNotLowerTheScore() throws Exception {
    recognize(1, Role.AGENT, 0, 8_000, ANGRY, null);
    customer(1_000, 2_000, NEUTRAL);
    ConversationCharacteristics call = end(8_000);

    assertThat(call.getNegativeEpisodes()).isEmpty();
    assertThat(call.getCallScore()).isEqualTo(50);
  }

  @Test
  void theScoreIsFromTheWholeCallAndFromItsEnd() throws Exception {
    customer(0, 3_000, ANGRY);
    customer(5_000, 6_000, HAPPY);

    // Whole call: 5 * (1 - 3) / 4 = -2.5. The third quarter is the last one with speech: +5.
    assertThat(end(8_000).getCallScore()).isCloseTo(50 - 12.5f + 25, within(1e-4f));
  }

  @Test
  void theScoreReachesBothEndsOfItsScale() throws Exception {
    customer(0, 4_000, ANGRY);
    assertThat(end(4_000).getCallScore()).isZero();

    customer(0, 4_000, HAPPY);
    assertThat(end(4_000).getCallScore()).isEqualTo(100);
  }

  @Test
  void afterDeniedConsentNothingIsToldOfWhoSpoke() throws Exception {
    customer(0, 4_000, ANGRY);
    agentActivity(4_000, 6_000);
    ConversationCharacteristics call = end(EndReason.CONSENT_DENIED, 7_000);

    assertThat(call.getTalkTime().getDetailsByParticipant()).isEmpty();
    assertThat(call.getLoudness().getDetailsByParticipant()).isEmpty();
    assertThat(call.getNegativeEpisodes()).isEmpty();
    assertThat(call.getCallScore()).isNull();
    assertThat(stage.stateEntries()).isZero();
  }

  private void customer(long beginMs, long endMs, float[] probabilities) throws Exception {
    recognize(0, Role.CUSTOMER, beginMs, endMs, probabilities, null);
  }

  private void agentActivity(long beginMs, long endMs) throws Exception {
    stage.process(
        Either.Left(RecognizedUtterance.activity(span(1, Role.AGENT, beginMs, endMs), "fake@1")));
  }

  private void recognize(
      int channel,
      Role role,
      long beginMs,
      long endMs,
      float[] probabilities,
      @Nullable Prosody prosody)
      throws Exception {
    stage.process(
        Either.Left(
            new RecognizedUtterance(
                span(channel, role, beginMs, endMs),
                probabilities,
                new MemoryUpdate(true, 0.5f, 1, 25),
                1,
                "fake@1",
                null,
                null,
                null,
                prosody)));
  }

  private static UtteranceSpan span(int channel, Role role, long beginMs, long endMs) {
    return new UtteranceSpan(CALL, channel, role, 0, beginMs, endMs, 0, endMs, 17, Map.of());
  }

  private static long talkTimeMs(ConversationCharacteristics call, String role) {
    return of(role, call.getTalkTime().getDetailsByParticipant()).getTotalTimeMillis();
  }

  private static float loudness(ConversationCharacteristics call, String role) {
    return of(role, call.getLoudness().getDetailsByParticipant()).getAverageDbfs();
  }

  private static float pace(ConversationCharacteristics call, String role) {
    return of(role, call.getTalkSpeed().getDetailsByParticipant()).getAverageSyllablesPerSecond();
  }

  private static <T> T of(String role, Map<String, T> details) {
    return Objects.requireNonNull(details.get(role), role);
  }

  private ConversationCharacteristics end(long endOffsetMs) throws Exception {
    return end(EndReason.LAST_CHUNK, endOffsetMs);
  }

  private ConversationCharacteristics end(EndReason reason, long endOffsetMs) throws Exception {
    eventsBefore = stage.drain();
    stage.process(
        Either.Right(
            new CallEnd(
                CALL,
                reason,
                endOffsetMs,
                endOffsetMs,
                ChunkCounts.NONE,
                18,
                0,
                "fake@1",
                null,
                Map.of())));
    return stage.drain().get(0).getConversation();
  }
}
