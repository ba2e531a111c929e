package io.undertone.audio.segment;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Tells which frames of a channel need no look of the detector: between utterances, those no louder
 * than what the detector itself has just called silence. The gate knows no level of its own: it
 * follows the line's noise, and a frame that rises above it is always looked at.
 *
 * <p>A mutable value: what is remembered of one channel. Energies are sums of squares over a frame.
 */
final class SilenceGate {
  /** Below it the detector is sure; no utterance begins or goes on so low. */
  private static final float SILENCE_PROBABILITY = 0.1f;

  /** Silent frames in a row before the gate may shut: 256 ms. */
  private static final int SURE_FRAMES = 8;

  /** Frames in a row that may pass unseen: 256 ms, so that the detector stays with the line. */
  private static final int MOST_UNSEEN_FRAMES = 8;

  /** How far the next frame may lie above the mean of the last silent ones: 1 dB. */
  private static final float MARGIN = 1.25f;

  /** Share of the newest silent frame in their mean. */
  private static final float NEWEST = 0.25f;

  private float silenceEnergy;
  private int silentFrames;
  private int unseenFrames;

  /** Whether the next frame may pass unseen. */
  boolean passes(long energy) {
    boolean passes =
        silentFrames >= SURE_FRAMES
            && unseenFrames < MOST_UNSEEN_FRAMES
            && energy <= MARGIN * silenceEnergy;
    unseenFrames = passes ? unseenFrames + 1 : 0;
    return passes;
  }

  /** Learns what the detector said of a frame that it has seen. */
  void seen(long energy, float probability) {
    if (probability >= SILENCE_PROBABILITY) {
      silentFrames = 0;
      return;
    }
    silenceEnergy = silentFrames == 0 ? energy : silenceEnergy + NEWEST * (energy - silenceEnergy);
    silentFrames = Math.min(silentFrames + 1, SURE_FRAMES);
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeFloat(silenceEnergy);
    out.writeInt(silentFrames);
    out.writeInt(unseenFrames);
  }

  /** Reads what {@link #writeTo} wrote. */
  static SilenceGate readFrom(ByteBuffer in) {
    SilenceGate gate = new SilenceGate();
    gate.silenceEnergy = in.getFloat();
    gate.silentFrames = in.getInt();
    gate.unseenFrames = in.getInt();
    return gate;
  }
}
