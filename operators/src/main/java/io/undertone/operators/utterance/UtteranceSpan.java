package io.undertone.operators.utterance;

import io.undertone.operators.Conversation;
import io.undertone.schemas.Role;
import java.util.Map;

/**
 * Position of an utterance in its call.
 *
 * @param channel the side of the call
 * @param role role of the speaker
 * @param utteranceIndex position among the channel's utterances, from 0; -1 if only voice activity
 *     was heard
 * @param beginOffsetMs start, since the start of the call
 * @param endOffsetMs end, since the start of the call
 * @param missingAudioMs how much of the span is missing and filled with silence
 * @param eventTimeMs capture time of the end, since 1970-01-01 UTC
 * @param lastOffset offset, in the audio topic, of the chunk that ended it
 * @param attributes of the call, as of that chunk
 */
public record UtteranceSpan(
    Conversation conversation,
    int channel,
    Role role,
    int utteranceIndex,
    long beginOffsetMs,
    long endOffsetMs,
    long missingAudioMs,
    long eventTimeMs,
    long lastOffset,
    Map<String, String> attributes) {

  public long durationMs() {
    return endOffsetMs - beginOffsetMs;
  }
}
