package io.undertone.cli.demo;

import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.ParticipantRole;
import java.util.Map;

/** Events of calls, of which some are erased. */
final class ErasedEvents {

  private ErasedEvents() {}

  static EmotionEvent event(String conversationId, EventKind kind) {
    return EmotionEvent.newBuilder()
        .setEventId(conversationId + kind)
        .setKind(kind)
        .setTenant("acme")
        .setConversationId(conversationId)
        .setChannel(0)
        .setParticipantRole(ParticipantRole.CUSTOMER)
        .setUtteranceIndex(0)
        .setBeginOffsetMillis(0)
        .setEndOffsetMillis(1_000)
        .setEventTimeMs(1_000)
        .setProbabilities(Map.of())
        .setUpdateStep(0)
        .setModelVersion("fake@1")
        .setMemoryVersion(2)
        .build();
  }
}
