package io.undertone.operators.utterance;

import io.undertone.operators.Conversation;
import io.undertone.schemas.Role;

/**
 * Where an utterance lies in its call.
 *
 * @param channel the side of the call
 * @param role who speaks on the channel
 * @param utteranceIndex position among the channel's utterances, from 0
 * @param beginOffsetMs begin, since the call's begin
 * @param endOffsetMs end, since the call's begin
 * @param missingAudioMs how much of the span never came and was filled with silence
 * @param eventTimeMs capture time of the end, since 1970-01-01 UTC
 */
public record UtteranceSpan(
    Conversation conversation,
    int channel,
    Role role,
    int utteranceIndex,
    long beginOffsetMs,
    long endOffsetMs,
    long missingAudioMs,
    long eventTimeMs) {

  public long durationMs() {
    return endOffsetMs - beginOffsetMs;
  }
}
