package io.undertone.alerts;

import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.Interruptions;
import io.undertone.schemas.OffsetSpan;
import io.undertone.schemas.ParticipantRole;
import io.undertone.schemas.Sentiment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events of one call, as the job writes them. Times are seconds since the start of the call. */
public final class TestEvents {
  public static final long BEGIN_MS = 1_700_000_000_000L;
  private static final List<String> EMOTIONS = List.of("happy", "sad", "angry", "neutral");

  private final Map<Integer, String> last = new LinkedHashMap<>();
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private int utterances;

  public TestEvents with(String attribute, String value) {
    attributes.put(attribute, value);
    return this;
  }

  /** An utterance of the customer with probability 0.7. */
  public EmotionEvent says(String emotion, double beginSeconds, double endSeconds) {
    return says(0, ParticipantRole.CUSTOMER, emotion, 0.7f, beginSeconds, endSeconds);
  }

  public EmotionEvent says(
      int channel,
      ParticipantRole role,
      String emotion,
      float probability,
      double beginSeconds,
      double endSeconds) {
    boolean certain = !emotion.equals("uncertain");
    String previous = last.get(channel);
    if (certain) {
      last.put(channel, emotion);
    }
    EmotionEvent.Builder event =
        base(EventKind.UTTERANCE, channel + "-" + beginSeconds, endSeconds)
            .setChannel(channel)
            .setParticipantRole(role)
            .setUtteranceIndex(utterances++)
            .setBeginOffsetMillis(Math.round(beginSeconds * 1000))
            .setEmotion(emotion)
            .setProbabilities(probabilities(certain ? emotion : "neutral", probability))
            .setConfidence(probability)
            .setSentiment(certain ? sentiment(emotion) : null)
            .setPreviousEmotion(previous)
            .setShift(certain && previous != null && !previous.equals(emotion));
    return event.build();
  }

  public EmotionEvent ends(double seconds) {
    return ends(seconds, EndReason.LAST_CHUNK, "neutral");
  }

  public EmotionEvent ends(double seconds, EndReason reason, String overallEmotion) {
    return base(EventKind.CONVERSATION, "end-" + reason, seconds)
        .setChannel(0)
        .setParticipantRole(ParticipantRole.CUSTOMER)
        .setUtteranceIndex(utterances)
        .setBeginOffsetMillis(0)
        .setProbabilities(Map.of())
        .setConversation(
            ConversationCharacteristics.newBuilder()
                .setEndReason(reason)
                .setUtterances(utterances)
                .setShifts(0)
                .setOverallEmotion(overallEmotion)
                .setOverallProbabilities(probabilities(overallEmotion, 0.7f))
                .setSentimentByQuarter(List.of())
                .setCallScore(Set.of("sad", "angry").contains(overallEmotion) ? 15f : 50f)
                .build())
        .build();
  }

  /** The end of a call in which both sides were heard. */
  public EmotionEvent endsInterrupted(double seconds, int byCustomer, int byAgent) {
    EmotionEvent end = ends(seconds);
    ConversationCharacteristics summary = Objects.requireNonNull(end.getConversation());
    Map<String, List<OffsetSpan>> interruptions = new LinkedHashMap<>();
    if (byCustomer > 0) {
      interruptions.put("CUSTOMER", Collections.nCopies(byCustomer, new OffsetSpan(0L, 600L)));
    }
    if (byAgent > 0) {
      interruptions.put("AGENT", Collections.nCopies(byAgent, new OffsetSpan(0L, 600L)));
    }
    summary.setInterruptions(
        new Interruptions(byCustomer + byAgent, 600L * (byCustomer + byAgent), interruptions));
    return end;
  }

  public EmotionEvent erased() {
    return base(EventKind.ERASED, "erased", 999)
        .setChannel(-1)
        .setParticipantRole(ParticipantRole.UNKNOWN)
        .setUtteranceIndex(0)
        .setBeginOffsetMillis(0)
        .setProbabilities(Map.of())
        .build();
  }

  private EmotionEvent.Builder base(EventKind kind, String id, double endSeconds) {
    long endMs = Math.round(endSeconds * 1000);
    return EmotionEvent.newBuilder()
        .setEventId(id)
        .setRevision(endMs)
        .setKind(kind)
        .setTenant("acme")
        .setConversationId("call-1")
        .setEndOffsetMillis(endMs)
        .setEventTimeMs(BEGIN_MS + endMs)
        .setUpdateStep(utterances)
        .setModelVersion("fake@1")
        .setMemoryVersion(2)
        .setAttributes(Map.copyOf(attributes));
  }

  private static Map<String, Float> probabilities(String emotion, float probability) {
    Map<String, Float> all = new LinkedHashMap<>();
    for (String other : EMOTIONS) {
      all.put(other, other.equals(emotion) ? probability : (1 - probability) / 3);
    }
    return all;
  }

  private static @Nullable Sentiment sentiment(String emotion) {
    return switch (Objects.requireNonNull(emotion)) {
      case "happy" -> Sentiment.POSITIVE;
      case "neutral" -> Sentiment.NEUTRAL;
      default -> Sentiment.NEGATIVE;
    };
  }
}
