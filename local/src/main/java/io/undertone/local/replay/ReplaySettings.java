package io.undertone.local.replay;

import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.Consent;

/**
 * How to send a recording.
 *
 * @param chunkMs duration of a chunk; the last one of a channel may be shorter
 * @param codec encoding of the payloads
 * @param pace how fast chunks follow each other
 * @param captureTimeMs start of the call, in milliseconds since 1970-01-01 UTC
 * @param consent whether the customer consents to emotion analysis
 */
public record ReplaySettings(
    int chunkMs, AudioCodec codec, Pace pace, long captureTimeMs, Consent consent) {
  private static final int LEAST_CHUNK_MS = 10;
  private static final int MOST_CHUNK_MS = 10_000;

  public ReplaySettings {
    if (chunkMs < LEAST_CHUNK_MS || chunkMs > MOST_CHUNK_MS) {
      throw new IllegalArgumentException(
          "chunkMs must be from "
              + LEAST_CHUNK_MS
              + " to "
              + MOST_CHUNK_MS
              + ", but is "
              + chunkMs);
    }
  }

  /** How fast chunks follow each other. */
  public enum Pace {
    /** Each chunk is sent when a live call would have captured the end of it. */
    REAL_TIME,
    /** As fast as the broker accepts them. */
    FULL_SPEED
  }

  /** Chunks of 100 ms, linear PCM, full speed, consent unspecified. */
  public static ReplaySettings startingAt(long captureTimeMs) {
    return new ReplaySettings(
        100, AudioCodec.PCM_S16LE, Pace.FULL_SPEED, captureTimeMs, Consent.UNSPECIFIED);
  }

  public ReplaySettings withCodec(AudioCodec otherCodec) {
    return new ReplaySettings(chunkMs, otherCodec, pace, captureTimeMs, consent);
  }

  public ReplaySettings withPace(Pace otherPace) {
    return new ReplaySettings(chunkMs, codec, otherPace, captureTimeMs, consent);
  }

  public ReplaySettings withChunkMs(int otherChunkMs) {
    return new ReplaySettings(otherChunkMs, codec, pace, captureTimeMs, consent);
  }

  public ReplaySettings withConsent(Consent otherConsent) {
    return new ReplaySettings(chunkMs, codec, pace, captureTimeMs, otherConsent);
  }
}
