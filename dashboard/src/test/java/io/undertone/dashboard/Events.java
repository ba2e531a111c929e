package io.undertone.dashboard;

import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertEvidence;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.Interruptions;
import io.undertone.schemas.Loudness;
import io.undertone.schemas.NonTalkTime;
import io.undertone.schemas.OffsetSpan;
import io.undertone.schemas.ParticipantLoudness;
import io.undertone.schemas.ParticipantRole;
import io.undertone.schemas.ParticipantTalkSpeed;
import io.undertone.schemas.ParticipantTalkTime;
import io.undertone.schemas.Sentiment;
import io.undertone.schemas.SentimentByPeriod;
import io.undertone.schemas.TalkSpeed;
import io.undertone.schemas.TalkTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes events of calls as the job would. */
public final class Events {
  private Events() {}

  /** Mostly one emotion; the others share the rest. */
  public static Map<String, Float> mostly(String emotion, double probability) {
    Map<String, Float> probabilities = new HashMap<>();
    for (String name : List.of("happy", "sad", "angry", "neutral")) {
      probabilities.put(name, (float) ((1 - probability) / 3));
    }
    probabilities.put(emotion, (float) probability);
    return probabilities;
  }

  /** An utterance of the customer. */
  public static EmotionEvent utterance(
      String tenant,
      String conversation,
      int index,
      long beginMs,
      long endMs,
      long callStartMs,
      Map<String, Float> probabilities) {
    String emotion =
        Collections.max(probabilities.entrySet(), Map.Entry.comparingByValue()).getKey();
    return EmotionEvent.newBuilder()
        .setEventId(tenant + conversation + beginMs)
        .setRevision(index)
        .setKind(EventKind.UTTERANCE)
        .setTenant(tenant)
        .setConversationId(conversation)
        .setChannel(0)
        .setParticipantRole(ParticipantRole.CUSTOMER)
        .setUtteranceIndex(index)
        .setBeginOffsetMillis(beginMs)
        .setEndOffsetMillis(endMs)
        .setEventTimeMs(callStartMs + endMs)
        .setEmotion(emotion)
        .setProbabilities(probabilities)
        .setConfidence(probabilities.get(emotion))
        .setSentiment(sentiment(emotion))
        .setUpdateStep(index + 1)
        .setUpdateLoss((float) (1.4 * Math.pow(0.9, index)))
        .setModelVersion("test@1")
        .setMemoryVersion(2)
        .build();
  }

  /** The summary after a call's end. */
  public static EmotionEvent end(
      String tenant, String conversation, long endMs, long callStartMs, String overall) {
    List<SentimentByPeriod> quarters = new ArrayList<>();
    for (int quarter = 0; quarter < 4; quarter++) {
      quarters.add(
          new SentimentByPeriod(
              quarter * endMs / 4,
              (quarter + 1) * endMs / 4,
              sentiment(overall),
              sentiment(overall) == Sentiment.NEGATIVE ? -2.5f : 1.5f));
    }
    return EmotionEvent.newBuilder()
        .setEventId(tenant + conversation + "end")
        .setKind(EventKind.CONVERSATION)
        .setTenant(tenant)
        .setConversationId(conversation)
        .setChannel(0)
        .setParticipantRole(ParticipantRole.CUSTOMER)
        .setUtteranceIndex(1)
        .setBeginOffsetMillis(0)
        .setEndOffsetMillis(endMs)
        .setEventTimeMs(callStartMs + endMs)
        .setProbabilities(Map.of())
        .setUpdateStep(1)
        .setModelVersion("test@1")
        .setMemoryVersion(2)
        .setConversation(
            ConversationCharacteristics.newBuilder()
                .setEndReason(EndReason.LAST_CHUNK)
                .setUtterances(1)
                .setShifts(0)
                .setOverallEmotion(overall)
                .setOverallProbabilities(mostly(overall, 0.7))
                .setOverallSentiment(sentiment(overall))
                .setSentimentByQuarter(quarters)
                .setCallScore(38.2f)
                .setRecoveryTimeMillis(41_000L)
                .setTalkTime(
                    new TalkTime(
                        30_000L,
                        Map.of(
                            "CUSTOMER",
                            new ParticipantTalkTime(18_000L),
                            "AGENT",
                            new ParticipantTalkTime(12_000L))))
                .setTalkSpeed(new TalkSpeed(Map.of("CUSTOMER", new ParticipantTalkSpeed(4.26f))))
                .setLoudness(new Loudness(Map.of("CUSTOMER", new ParticipantLoudness(-21.04f))))
                .setNonTalkTime(new NonTalkTime(4_000L, List.of()))
                .setInterruptions(
                    new Interruptions(
                        3,
                        2_000L,
                        Map.of(
                            "AGENT",
                            List.of(new OffsetSpan(9_000L, 9_600L), new OffsetSpan(700L, 1_400L)),
                            "CUSTOMER",
                            List.of(new OffsetSpan(5_000L, 5_700L)))))
                .build())
        .build();
  }

  /** The order to forget a call. */
  public static EmotionEvent erased(String tenant, String conversation) {
    return EmotionEvent.newBuilder()
        .setEventId(tenant + conversation + "erased")
        .setKind(EventKind.ERASED)
        .setTenant(tenant)
        .setConversationId(conversation)
        .setChannel(-1)
        .setParticipantRole(ParticipantRole.UNKNOWN)
        .setUtteranceIndex(0)
        .setBeginOffsetMillis(0)
        .setEndOffsetMillis(0)
        .setEventTimeMs(0)
        .setProbabilities(Map.of())
        .setUpdateStep(0)
        .setModelVersion("test@1")
        .setMemoryVersion(2)
        .build();
  }

  /** A state of an alert that was made from an utterance. */
  public static Alert alert(EmotionEvent event, AlertState state) {
    return Alert.newBuilder()
        .setAlertId(event.getConversationId() + "-alert")
        .setState(state)
        .setRule("SustainedAnger")
        .setRuleVersion(1)
        .setTenant(event.getTenant())
        .setConversationId(event.getConversationId())
        .setChannel(event.getChannel())
        .setParticipantRole("CUSTOMER")
        .setEventTimeMs(event.getEventTimeMs())
        .setStartsAtMs(event.getEventTimeMs())
        .setFiredAtMs(event.getEventTimeMs())
        .setReason("3 utterances angry, probability >= 0.6")
        .setEvidence(
            List.of(
                AlertEvidence.newBuilder()
                    .setEventId(event.getEventId())
                    .setChannel(event.getChannel())
                    .setUtteranceIndex(event.getUtteranceIndex())
                    .setBeginOffsetMillis(event.getBeginOffsetMillis())
                    .setEndOffsetMillis(event.getEndOffsetMillis())
                    .build()))
        .setLabels(Map.of("severity", "page"))
        .setAnnotations(Map.of("summary", "The caller has been angry for a while."))
        .build();
  }

  private static Sentiment sentiment(String emotion) {
    return switch (emotion) {
      case "happy" -> Sentiment.POSITIVE;
      case "neutral" -> Sentiment.NEUTRAL;
      default -> Sentiment.NEGATIVE;
    };
  }
}
