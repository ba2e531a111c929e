package io.undertone.operators.emit;

import io.undertone.audio.prosody.Prosody;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemoryCodec;
import io.undertone.operators.Conversation;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.UtteranceSpan;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.ParticipantRole;
import org.jspecify.annotations.Nullable;

/** Creates the event of an utterance. */
final class UtteranceEvents {

  private UtteranceEvents() {}

  /**
   * Creates the event of an utterance.
   *
   * @param previousEmotion emotion of the channel's last earlier utterance that was certain; null
   *     if there was none
   */
  static EmotionEvent of(
      RecognizedUtterance utterance, @Nullable String previousEmotion, EmitOptions options) {
    UtteranceSpan span = utterance.span();
    Conversation conversation = utterance.conversation();
    EmotionEstimate estimate = new EmotionEstimate(utterance.probabilities());
    String emotion = options.emotion(estimate);
    Prosody prosody = utterance.prosody();
    boolean certain = options.isCertain(estimate);
    return EmotionEvent.newBuilder()
        .setEventId(EventIds.ofUtterance(span))
        .setRevision(span.lastOffset())
        .setKind(EventKind.UTTERANCE)
        .setTenant(conversation.tenant())
        .setConversationId(conversation.conversationId())
        .setChannel(span.channel())
        .setParticipantRole(ParticipantRole.valueOf(span.role().name()))
        .setUtteranceIndex(span.utteranceIndex())
        .setBeginOffsetMillis(span.beginOffsetMs())
        .setEndOffsetMillis(span.endOffsetMs())
        .setEventTimeMs(span.eventTimeMs())
        .setEmotion(emotion)
        .setProbabilities(estimate.byLongName())
        .setConfidence(estimate.confidence())
        .setSentiment(certain ? Sentiments.of(estimate.emotion()) : null)
        .setShift(certain && previousEmotion != null && !previousEmotion.equals(emotion))
        .setPreviousEmotion(previousEmotion)
        .setMissingAudioMillis(span.missingAudioMs())
        .setUpdateStep(utterance.updateStep())
        .setUpdateLoss(utterance.update().applied() ? utterance.update().loss() : null)
        .setModelVersion(utterance.modelVersion())
        .setMemoryVersion(MemoryCodec.VERSION)
        .setMemoryReset(utterance.memoryReset())
        .setShed(utterance.shed())
        .setAttributes(span.attributes())
        .setProbabilitiesWithoutMemory(
            utterance.withoutMemory() == null
                ? null
                : new EmotionEstimate(utterance.withoutMemory()).byLongName())
        .setLoudnessDbfs(prosody == null ? null : prosody.loudnessDbfs())
        .setSyllablesPerSecond(prosody == null ? null : prosody.syllablesPerSecond())
        .build();
  }
}
