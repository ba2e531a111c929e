package io.undertone.operators.emit;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemoryCodec;
import io.undertone.operators.CallEnd;
import io.undertone.operators.Conversation;
import io.undertone.operators.state.TrajectoryPoint;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.ParticipantRole;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Creates the event of an ended call. */
final class ConversationEvents {
  private static final int NO_CHANNEL = -1;
  private static final long NO_UTTERANCE = -1;

  private ConversationEvents() {}

  /**
   * Creates the event of a call. Its emotion is the last estimate, made with the memory of the
   * whole call; its characteristics contain means over the call.
   *
   * @param heard the call's utterances, in the order of recognition, also those of which only voice
   *     activity was heard
   */
  static EmotionEvent of(CallEnd end, List<TrajectoryPoint> heard, EmitOptions options) {
    Conversation conversation = end.conversation();
    List<TrajectoryPoint> trajectory = Trajectories.estimated(heard);
    long endOffsetMs =
        heard.stream()
            .mapToLong(TrajectoryPoint::getEndOffsetMs)
            .reduce(end.endOffsetMs(), Math::max);
    long beginOffsetMs =
        trajectory.stream().mapToLong(TrajectoryPoint::getBeginOffsetMs).min().orElse(NO_UTTERANCE);
    EmotionEvent.Builder event =
        EmotionEvent.newBuilder()
            .setEventId(EventIds.ofEnd(conversation, beginOffsetMs, endOffsetMs, end.reason()))
            .setRevision(end.lastOffset())
            .setKind(EventKind.CONVERSATION)
            .setTenant(conversation.tenant())
            .setConversationId(conversation.conversationId())
            .setChannel(NO_CHANNEL)
            .setParticipantRole(ParticipantRole.UNKNOWN)
            .setUtteranceIndex(trajectory.size())
            .setBeginOffsetMillis(0)
            .setEndOffsetMillis(endOffsetMs)
            .setEventTimeMs(end.eventTimeMs())
            .setProbabilities(Map.of())
            .setMissingAudioMillis(end.missingAudioMs())
            .setUpdateStep(0)
            .setModelVersion(
                Objects.requireNonNull(
                    end.modelVersion(), "the recognize stage must set modelVersion"))
            .setMemoryVersion(MemoryCodec.VERSION)
            .setAttributes(end.attributes())
            .setConversation(characteristics(end, heard, endOffsetMs, options));
    if (!trajectory.isEmpty()) {
      setLastEstimate(event, trajectory.get(trajectory.size() - 1), options);
    }
    return event.build();
  }

  private static ConversationCharacteristics characteristics(
      CallEnd end, List<TrajectoryPoint> heard, long endOffsetMs, EmitOptions options) {
    return CallSummary.of(heard, endOffsetMs, options)
        .setEndReason(end.reason())
        .setMissingChunks(end.chunks().missing())
        .setMissingAudioMillis(end.missingAudioMs())
        .setDuplicateChunks(end.chunks().duplicate())
        .setLateChunks(end.chunks().late())
        .build();
  }

  private static void setLastEstimate(
      EmotionEvent.Builder event, TrajectoryPoint last, EmitOptions options) {
    EmotionEstimate estimate = Trajectories.estimate(last);
    event
        .setChannel(last.getChannel())
        .setParticipantRole(ParticipantRole.valueOf(last.getRole()))
        .setEmotion(options.emotion(estimate))
        .setProbabilities(estimate.byLongName())
        .setConfidence(estimate.confidence())
        .setSentiment(options.isCertain(estimate) ? Sentiments.of(estimate.emotion()) : null)
        .setUpdateStep(last.getUpdateStep());
  }
}
