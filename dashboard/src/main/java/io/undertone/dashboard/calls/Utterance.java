package io.undertone.dashboard.calls;

import io.undertone.schemas.EmotionEvent;
import org.jspecify.annotations.Nullable;

/**
 * One utterance of a call, as its event tells it.
 *
 * @param beginMs since the start of the call
 * @param endMs since the start of the call
 * @param withoutMemory what the model estimates without the memory; null if it does not say so
 * @param shed why the utterance was estimated without the memory; null if it was not
 */
public record Utterance(
    String eventId,
    long revision,
    int channel,
    String role,
    int index,
    long beginMs,
    long endMs,
    long eventTimeMs,
    @Nullable String emotion,
    @Nullable Probabilities probabilities,
    @Nullable Probabilities withoutMemory,
    @Nullable Float confidence,
    @Nullable String sentiment,
    boolean shift,
    @Nullable String previousEmotion,
    long missingAudioMs,
    int updateStep,
    @Nullable Float updateLoss,
    @Nullable String memoryReset,
    @Nullable String shed,
    String modelVersion) {

  /** The utterance of an event of that kind. */
  static Utterance of(EmotionEvent event) {
    return new Utterance(
        event.getEventId(),
        event.getRevision(),
        event.getChannel(),
        Shared.text(event.getParticipantRole().name()),
        event.getUtteranceIndex(),
        event.getBeginOffsetMillis(),
        event.getEndOffsetMillis(),
        event.getEventTimeMs(),
        Shared.orNull(event.getEmotion()),
        Probabilities.of(event.getProbabilities()),
        Probabilities.of(event.getProbabilitiesWithoutMemory()),
        event.getConfidence(),
        event.getSentiment() == null ? null : event.getSentiment().name(),
        event.getShift(),
        Shared.orNull(event.getPreviousEmotion()),
        event.getMissingAudioMillis(),
        event.getUpdateStep(),
        event.getUpdateLoss(),
        event.getMemoryReset() == null ? null : event.getMemoryReset().name(),
        event.getShed() == null ? null : event.getShed().name(),
        Shared.text(event.getModelVersion()));
  }

  /** Whether it is more likely negative than not: a guess between four emotions is no reason. */
  boolean isNegative() {
    return probabilities != null && probabilities.isNegative();
  }
}
