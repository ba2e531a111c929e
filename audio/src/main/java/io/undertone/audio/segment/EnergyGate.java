package io.undertone.audio.segment;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Skips the detector between utterances for frames that are no louder than recent silence. The
 * threshold is no fixed level: it follows the noise floor of the channel, as frames that the
 * detector classified as silence show it.
 *
 * <p>Mutable state of one channel. Energies are sums of squares over a frame.
 */
final class EnergyGate {
  /** Frames below this speech probability are silence; no utterance starts or continues there. */
  private static final float SILENCE_PROBABILITY = 0.1f;

  /** Consecutive silent frames before frames may be skipped: 256 ms. */
  private static final int MIN_SILENT_FRAMES = 8;

  /** Consecutive frames that may be skipped: 256 ms, so that the detector follows the channel. */
  private static final int MAX_SKIPPED_FRAMES = 8;

  /** Ratio of a frame's energy to the noise floor up to which it is skipped: 1 dB. */
  private static final float MARGIN = 1.25f;

  /** Weight of the latest silent frame in the moving average. */
  private static final float LATEST_WEIGHT = 0.25f;

  private float noiseFloor;
  private int silentFrames;
  private int skippedFrames;

  /** Whether to skip the detector for the next frame. */
  boolean skips(long energy) {
    boolean skips =
        silentFrames >= MIN_SILENT_FRAMES
            && skippedFrames < MAX_SKIPPED_FRAMES
            && energy <= MARGIN * noiseFloor;
    skippedFrames = skips ? skippedFrames + 1 : 0;
    return skips;
  }

  /** Updates the noise floor with a frame that the detector has classified. */
  void observe(long energy, float probability) {
    if (probability >= SILENCE_PROBABILITY) {
      silentFrames = 0;
      return;
    }
    noiseFloor = silentFrames == 0 ? energy : noiseFloor + LATEST_WEIGHT * (energy - noiseFloor);
    silentFrames = Math.min(silentFrames + 1, MIN_SILENT_FRAMES);
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeFloat(noiseFloor);
    out.writeInt(silentFrames);
    out.writeInt(skippedFrames);
  }

  /** Reads the state written by {@link #writeTo}. */
  static EnergyGate readFrom(ByteBuffer in) {
    EnergyGate gate = new EnergyGate();
    gate.noiseFloor = in.getFloat();
    gate.silentFrames = in.getInt();
    gate.skippedFrames = in.getInt();
    return gate;
  }
}
