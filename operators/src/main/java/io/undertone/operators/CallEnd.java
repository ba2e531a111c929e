package io.undertone.operators;

import io.undertone.schemas.EndReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a call. It follows the last chunk through all stages; each erases its state of the
 * call and adds its results.
 *
 * @param endOffsetMs end of the audio, since the start of the call
 * @param eventTimeMs capture time of that end, since 1970-01-01 UTC
 * @param chunks counts of chunks that were not used
 * @param lastOffset offset, in the audio topic, of a chunk of the call; the highest
 * @param missingAudioMs duration of missing audio; 0 before the segment stage
 * @param modelVersion null before the recognize stage
 * @param erasure the request to erase the call; null if there is none
 * @param attributes of the call, as of its last chunk; none if analysis was denied
 */
public record CallEnd(
    Conversation conversation,
    EndReason reason,
    long endOffsetMs,
    long eventTimeMs,
    ChunkCounts chunks,
    long lastOffset,
    long missingAudioMs,
    @Nullable String modelVersion,
    @Nullable ErasureRequest erasure,
    Map<String, String> attributes)
    implements InConversation {

  /** Whether nothing more of the call may be analysed or told, not even its last utterance. */
  public boolean isDenied() {
    return reason == EndReason.CONSENT_DENIED || reason == EndReason.ERASED;
  }

  /** Adds the results of the segment stage. */
  public CallEnd withAudio(long audioEndOffsetMs, long audioEndTimeMs, long missingMs) {
    return new CallEnd(
        conversation,
        reason,
        audioEndOffsetMs,
        audioEndTimeMs,
        chunks,
        lastOffset,
        missingMs,
        modelVersion,
        erasure,
        attributes);
  }

  /** Adds the version of the model. */
  public CallEnd withModelVersion(String version) {
    return new CallEnd(
        conversation,
        reason,
        endOffsetMs,
        eventTimeMs,
        chunks,
        lastOffset,
        missingAudioMs,
        version,
        erasure,
        attributes);
  }

  /** Adds the request to erase the call. */
  public CallEnd erasedBy(ErasureRequest request) {
    return new CallEnd(
        conversation,
        reason,
        endOffsetMs,
        eventTimeMs,
        chunks,
        lastOffset,
        missingAudioMs,
        modelVersion,
        request,
        attributes);
  }
}
