package io.undertone.operators.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.audio.prosody.Prosody;
import io.undertone.model.MemoryUpdate;
import io.undertone.operators.CallEnd;
import io.undertone.operators.ChunkCounts;
import io.undertone.operators.Conversation;
import io.undertone.operators.ErasureRequest;
import io.undertone.operators.RecordCoordinates;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.KeyedStage;
import io.undertone.operators.testing.Stages;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.UtteranceSpan;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.Role;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Either;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContactLensTest {
  private static final Conversation CALL = new Conversation("acme", "call-1");
  private static final float[] HAPPY = {1, 0, 0, 0};
  private static final float[] ANGRY = {0, 0, 1, 0};
  private static final float[] DOUBTFUL = {0.3f, 0, 0.4f, 0.3f};

  private KeyedStage<Either<RecognizedUtterance, CallEnd>, EmotionEvent> stage;

  @BeforeEach
  void open() throws Exception {
    open(new EmitOptions(0.5).withDocuments(DocumentForm.CONTACT_LENS));
  }

  private void open(EmitOptions options) throws Exception {
    stage = KeyedStage.open(Stages.emit(options), Backend.HASH_MAP);
  }

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  @Test
  void aCallOfBothSides() throws Exception {
    recognize(1_000, 3_000, ANGRY, new Prosody(-20.126f, 8, 4));
    agentActivity(2_000, 5_000);
    recognize(9_000, 11_000, HAPPY, new Prosody(-30, 8, 4));
    recognize(11_500, 12_000, DOUBTFUL, new Prosody(-30, 8, 4));

    assertThat(end())
        .isEqualTo(
            json(
                """
                {"Version": "1.1.0", "Channel": "VOICE", "JobStatus": "COMPLETED",
                 "InstanceId": "acme", "ContactId": "call-1",
                 "CustomerMetadata": {"InstanceId": "acme", "ContactId": "call-1"},
                 "Participants": [
                   {"ParticipantId": "AGENT", "ParticipantRole": "AGENT"},
                   {"ParticipantId": "CUSTOMER", "ParticipantRole": "CUSTOMER"}],
                 "ConversationCharacteristics": {
                   "TotalConversationDurationMillis": 12000,
                   "Sentiment": {
                     "OverallSentiment": {"CUSTOMER": -0.06},
                     "SentimentByPeriod": {"QUARTER": {"CUSTOMER": [
                       {"BeginOffsetMillis": 0, "EndOffsetMillis": 3000, "Score": -5.0},
                       {"BeginOffsetMillis": 3000, "EndOffsetMillis": 6000, "Score": null},
                       {"BeginOffsetMillis": 6000, "EndOffsetMillis": 9000, "Score": null},
                       {"BeginOffsetMillis": 9000, "EndOffsetMillis": 12000, "Score": 3.9}]}}},
                   "Interruptions": {
                     "InterruptionsByInterrupter": {"AGENT": [
                       {"BeginOffsetMillis": 2000, "DurationMillis": 1000,
                        "EndOffsetMillis": 3000}]},
                     "TotalCount": 1, "TotalTimeMillis": 1000},
                   "NonTalkTime": {
                     "TotalTimeMillis": 4000,
                     "Instances": [
                       {"BeginOffsetMillis": 5000, "DurationMillis": 4000,
                        "EndOffsetMillis": 9000}]},
                   "TalkSpeed": {"DetailsByParticipant": {
                     "CUSTOMER": {"AverageSyllablesPerMinute": 240}}},
                   "TalkTime": {
                     "TotalTimeMillis": 7500,
                     "DetailsByParticipant": {
                       "AGENT": {"TotalTimeMillis": 3000},
                       "CUSTOMER": {"TotalTimeMillis": 4500}}}},
                 "Transcript": [
                   {"Id": "%s", "ParticipantId": "CUSTOMER", "BeginOffsetMillis": 1000,
                    "EndOffsetMillis": 3000, "Sentiment": "NEGATIVE", "LoudnessScore": [79.87]},
                   {"Id": "%s", "ParticipantId": "AGENT", "BeginOffsetMillis": 2000,
                    "EndOffsetMillis": 5000},
                   {"Id": "%s", "ParticipantId": "CUSTOMER", "BeginOffsetMillis": 9000,
                    "EndOffsetMillis": 11000, "Sentiment": "POSITIVE", "LoudnessScore": [70.0]},
                   {"Id": "%s", "ParticipantId": "CUSTOMER", "BeginOffsetMillis": 11500,
                    "EndOffsetMillis": 12000, "LoudnessScore": [70.0]}]}
                """
                    .formatted(
                        EventIds.ofUtterance(CALL, 0, 1_000),
                        EventIds.ofUtterance(CALL, 1, 2_000),
                        EventIds.ofUtterance(CALL, 0, 9_000),
                        EventIds.ofUtterance(CALL, 0, 11_500))));
  }

  @Test
  void withoutTheAgentThereAreNoFieldsOfBothSides() throws Exception {
    recognize(1_000, 3_000, ANGRY, null);
    JsonNode call = end().get("ConversationCharacteristics");

    assertThat(call.has("Interruptions")).isFalse();
    assertThat(call.has("NonTalkTime")).isFalse();
    assertThat(call.get("TalkTime").has("TotalTimeMillis")).isFalse();
  }

  @Test
  void theIdOfATurnIsThatOfItsEvent() throws Exception {
    recognize(1_000, 3_000, ANGRY, null);
    String eventId = stage.drain().get(0).getEventId();

    assertThat(end().get("Transcript").get(0).get("Id").asText()).isEqualTo(eventId);
  }

  @Test
  void anErasedCallHasATombstone() throws Exception {
    recognize(1_000, 3_000, ANGRY, null);
    ErasureRequest request =
        new ErasureRequest(new RecordCoordinates("control", 0, 1), "anna", "article 17", 10);
    stage.process(Either.Right(callEnd(EndReason.ERASED, request)));

    assertThat(stage.drain(CallDocument.CONTACT_LENS))
        .containsExactly(new CallDocument(CALL, null));
  }

  @Test
  void aDeniedCallHasNoDocument() throws Exception {
    recognize(1_000, 3_000, ANGRY, null);
    stage.process(Either.Right(callEnd(EndReason.CONSENT_DENIED, null)));

    assertThat(stage.drain(CallDocument.CONTACT_LENS)).isEmpty();
  }

  @Test
  void byDefaultThereAreNoDocuments() throws Exception {
    stage.close();
    open(EmitOptions.defaults());
    recognize(1_000, 3_000, ANGRY, null);
    stage.process(Either.Right(callEnd(EndReason.LAST_CHUNK, null)));

    assertThat(stage.drain(CallDocument.CONTACT_LENS)).isEmpty();
  }

  private void recognize(long beginMs, long endMs, float[] probabilities, @Nullable Prosody prosody)
      throws Exception {
    stage.process(
        Either.Left(
            new RecognizedUtterance(
                span(0, Role.CUSTOMER, beginMs, endMs),
                probabilities,
                new MemoryUpdate(true, 0.5f, 1, 25),
                1,
                "fake@1",
                null,
                null,
                null,
                prosody)));
  }

  private void agentActivity(long beginMs, long endMs) throws Exception {
    stage.process(
        Either.Left(RecognizedUtterance.activity(span(1, Role.AGENT, beginMs, endMs), "fake@1")));
  }

  private static UtteranceSpan span(int channel, Role role, long beginMs, long endMs) {
    return new UtteranceSpan(CALL, channel, role, 0, beginMs, endMs, 0, endMs, 17, Map.of());
  }

  private JsonNode end() throws Exception {
    stage.process(Either.Right(callEnd(EndReason.LAST_CHUNK, null)));
    List<CallDocument> documents = stage.drain(CallDocument.CONTACT_LENS);
    assertThat(documents).hasSize(1);
    assertThat(documents.get(0).conversation()).isEqualTo(CALL);
    return json(documents.get(0).json());
  }

  private static CallEnd callEnd(EndReason reason, @Nullable ErasureRequest erasure) {
    return new CallEnd(
        CALL, reason, 12_000, 12_000, ChunkCounts.NONE, 18, 0, "fake@1", erasure, Map.of());
  }

  private static JsonNode json(@Nullable String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }
}
