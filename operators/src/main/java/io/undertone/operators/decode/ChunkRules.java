package io.undertone.operators.decode;

import static io.undertone.operators.decode.InvalidChunkException.invalid;

import io.undertone.audio.codec.ChunkDecoder;
import io.undertone.audio.codec.UndecodableAudioException;
import io.undertone.operators.chunk.Attributes;
import io.undertone.operators.chunk.ChunkAudio;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.DeadLetterReason;
import java.util.Optional;

/** Validates a chunk by itself, independently of earlier chunks. */
public final class ChunkRules {
  private static final int MAX_CHANNEL = 63;

  /** The end of the year 9999, so that adding an offset cannot overflow. */
  private static final long MAX_TIME_MS = 253_402_300_799_999L;

  /** By how much chunkIndex may exceed startOffsetMs, for short chunks at the start of a call. */
  private static final long INDEX_SLACK = 1_000;

  private final DecodeOptions options;

  public ChunkRules(DecodeOptions options) {
    this.options = options;
  }

  /** The message of the dead letter that a chunk would become; empty if it is valid. */
  public Optional<String> violation(AudioChunk audio) {
    try {
      NameRules.checkConversation(audio.getTenant(), audio.getConversationId());
      checkAudio(audio);
      return Optional.empty();
    } catch (InvalidChunkException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Checks everything but the identity of the call. */
  void checkAudio(AudioChunk audio) throws InvalidChunkException {
    checkRange("channel", audio.getChannel(), 0, MAX_CHANNEL);
    checkRange("number of channelRoles", audio.getChannelRoles().size(), 0, MAX_CHANNEL + 1);
    checkRange("startOffsetMs", audio.getStartOffsetMs(), 0, options.maxOffsetMs());
    checkIndex(audio);
    checkRange("captureTimeMs", audio.getCaptureTimeMs(), 0, MAX_TIME_MS);
    int payloadBytes = audio.getPayload().remaining();
    checkRange(
        "payload bytes", payloadBytes, audio.getLastChunk() ? 0 : 1, options.maxPayloadBytes());
    checkPayload(audio);
    checkAttributes(audio);
  }

  private static void checkAttributes(AudioChunk audio) throws InvalidChunkException {
    Optional<String> violation = Attributes.violation(audio.getAttributes());
    if (violation.isPresent()) {
      throw invalid(violation.get());
    }
  }

  private static void checkIndex(AudioChunk audio) throws InvalidChunkException {
    checkRange("chunkIndex", audio.getChunkIndex(), 0, Long.MAX_VALUE);
    long highest = audio.getStartOffsetMs() + INDEX_SLACK;
    if (audio.getChunkIndex() > highest) {
      throw invalid(
          "chunkIndex must be at most %d at startOffsetMs %d, but is %d"
              .formatted(highest, audio.getStartOffsetMs(), audio.getChunkIndex()));
    }
  }

  private static void checkPayload(AudioChunk audio) throws InvalidChunkException {
    try {
      ChunkDecoder.validate(
          ChunkAudio.codec(audio), audio.getSampleRateHz(), ChunkAudio.payload(audio));
    } catch (UndecodableAudioException | IllegalArgumentException e) {
      throw new InvalidChunkException(
          DeadLetterReason.UNDECODABLE_AUDIO, String.valueOf(e.getMessage()));
    }
  }

  private static void checkRange(String field, long value, long lowest, long highest)
      throws InvalidChunkException {
    if (value < lowest || value > highest) {
      throw invalid("%s must be from %d to %d, but is %d".formatted(field, lowest, highest, value));
    }
  }
}
