package io.undertone.operators.emit;

import io.undertone.model.MemoryCodec;
import io.undertone.operators.CallEnd;
import io.undertone.operators.Conversation;
import io.undertone.operators.ErasureRequest;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.ErasureRecord;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.ParticipantRole;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.util.OutputTag;

/** What tells the world that a call was erased. */
public final class Erasures {

  /** Evidence of each erasure. */
  public static final OutputTag<ErasureRecord> AUDIT =
      new OutputTag<>("audit", new AvroTypeInfo<>(ErasureRecord.class));

  private static final int NO_CHANNEL = -1;

  private Erasures() {}

  /** The event that tells consumers to forget the call. */
  static EmotionEvent event(CallEnd end, ErasureRequest request) {
    Conversation conversation = end.conversation();
    return EmotionEvent.newBuilder()
        .setEventId(EventIds.ofErasure(conversation, request))
        .setRevision(request.at().offset())
        .setKind(EventKind.ERASED)
        .setTenant(conversation.tenant())
        .setConversationId(conversation.conversationId())
        .setChannel(NO_CHANNEL)
        .setParticipantRole(ParticipantRole.UNKNOWN)
        .setUtteranceIndex(0)
        .setBeginOffsetMillis(0)
        .setEndOffsetMillis(0)
        .setEventTimeMs(request.requestTimeMs())
        .setProbabilities(Map.of())
        .setUpdateStep(0)
        .setModelVersion(
            Objects.requireNonNull(end.modelVersion(), "the recognize stage must set modelVersion"))
        .setMemoryVersion(MemoryCodec.VERSION)
        .build();
  }

  /**
   * The evidence.
   *
   * @param utterances number of utterances whose estimates were erased
   */
  static ErasureRecord record(
      Conversation conversation, ErasureRequest request, int utterances, long nowMs) {
    return ErasureRecord.newBuilder()
        .setTenant(conversation.tenant())
        .setConversationId(conversation.conversationId())
        .setRequestedBy(request.requestedBy())
        .setReason(request.reason())
        .setRequestTimeMs(request.requestTimeMs())
        .setTopic(request.at().topic())
        .setPartition(request.at().partition())
        .setOffset(request.at().offset())
        .setErasedTimeMs(nowMs)
        .setUtterances(utterances)
        .build();
  }
}
