package io.undertone.operators.decode;

import io.undertone.audio.codec.ChunkDecoder;
import io.undertone.audio.codec.UndecodableAudioException;
import io.undertone.operators.chunk.ChunkAudio;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.DeadLetterReason;
import java.util.Optional;

/** What a chunk must be in itself, whatever came before it. */
public final class ChunkRules {
  private static final int MAX_NAME_LENGTH = 256;
  private static final int MAX_CHANNEL = 63;

  /** The end of the year 9999: far from where adding an offset would overflow. */
  private static final long MAX_TIME_MS = 253_402_300_799_999L;

  /** How far chunkIndex may run ahead of startOffsetMs, for short chunks at a call's begin. */
  private static final long INDEX_SLACK = 1_000;

  private final DecodeOptions options;

  public ChunkRules(DecodeOptions options) {
    this.options = options;
  }

  /** Why the job would not use a chunk, as its dead letter would say; empty if it would. */
  public Optional<String> refusal(AudioChunk audio) {
    try {
      checkConversation(audio);
      checkAudio(audio);
      return Optional.empty();
    } catch (InvalidChunkException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Checks that the call can be told, which even a denied or dropped chunk needs. */
  void checkConversation(AudioChunk audio) throws InvalidChunkException {
    checkName("tenant", audio.getTenant());
    checkName("conversationId", audio.getConversationId());
    if (audio.getTenant().indexOf('/') >= 0) {
      throw invalid("tenant must not contain '/', but is '" + audio.getTenant() + "'");
    }
  }

  /** Checks all the rest. */
  void checkAudio(AudioChunk audio) throws InvalidChunkException {
    checkRange("channel", audio.getChannel(), 0, MAX_CHANNEL);
    checkRange("startOffsetMs", audio.getStartOffsetMs(), 0, options.maxOffsetMs());
    checkIndex(audio);
    checkRange("captureTimeMs", audio.getCaptureTimeMs(), 0, MAX_TIME_MS);
    int payloadBytes = audio.getPayload().remaining();
    checkRange(
        "payload bytes", payloadBytes, audio.getLastChunk() ? 0 : 1, options.maxPayloadBytes());
    checkPayload(audio);
  }

  private static void checkName(String field, String name) throws InvalidChunkException {
    if (name.isBlank()) {
      throw invalid(field + " must not be blank, but is '" + name + "'");
    }
    // Names are joined with a zero byte where ids and seeds are made of them.
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        throw invalid(field + " must not contain control characters, but does");
      }
    }
    if (name.length() > MAX_NAME_LENGTH) {
      throw invalid(
          "%s must have at most %d characters, but has %d"
              .formatted(field, MAX_NAME_LENGTH, name.length()));
    }
  }

  private static void checkIndex(AudioChunk audio) throws InvalidChunkException {
    checkRange("chunkIndex", audio.getChunkIndex(), 0, Long.MAX_VALUE);
    long highest = audio.getStartOffsetMs() + INDEX_SLACK;
    if (audio.getChunkIndex() > highest) {
      throw invalid(
          "chunkIndex must be at most %d at startOffsetMs %d, since chunks last a millisecond or more, but is %d"
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

  private static InvalidChunkException invalid(String message) {
    return new InvalidChunkException(DeadLetterReason.INVALID, message);
  }
}
