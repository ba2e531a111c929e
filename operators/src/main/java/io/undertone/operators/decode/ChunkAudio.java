package io.undertone.operators.decode;

import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.DeadLetterReason;

/** The audio of a chunk. */
final class ChunkAudio {

  private ChunkAudio() {}

  static void validate(AudioChunk audio) throws InvalidChunkException {
    if (audio.getSampleRateHz() < 8000 || audio.getSampleRateHz() > 48000) {
      throw new InvalidChunkException(
          DeadLetterReason.UNDECODABLE_AUDIO,
          "sampleRateHz must be from 8000 to 48000, but is " + audio.getSampleRateHz());
    }
  }
}
