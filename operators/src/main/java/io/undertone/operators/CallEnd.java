package io.undertone.operators;

import io.undertone.schemas.EndReason;
import org.jspecify.annotations.Nullable;

/**
 * A call has ended. It travels the whole road behind the call's last chunk; every stage erases what
 * it holds of the call, and adds what it knows of it.
 *
 * @param reason why
 * @param endOffsetMs end of the last audio, since the call's begin
 * @param eventTimeMs capture time of that end, since 1970-01-01 UTC
 * @param chunks what went wrong with the call's chunks
 * @param missingAudioMs audio that never came; 0 before the segment stage
 * @param modelVersion the model that heard the call; null before the recognize stage
 */
public record CallEnd(
    Conversation conversation,
    EndReason reason,
    long endOffsetMs,
    long eventTimeMs,
    ChunkCounts chunks,
    long missingAudioMs,
    @Nullable String modelVersion)
    implements InConversation {

  /** The same end, with what the audio told. */
  public CallEnd withAudio(long audioEndOffsetMs, long audioEndTimeMs, long missingMs) {
    return new CallEnd(
        conversation, reason, audioEndOffsetMs, audioEndTimeMs, chunks, missingMs, modelVersion);
  }

  /** The same end, with the model that heard the call. */
  public CallEnd withModelVersion(String version) {
    return new CallEnd(
        conversation, reason, endOffsetMs, eventTimeMs, chunks, missingAudioMs, version);
  }
}
