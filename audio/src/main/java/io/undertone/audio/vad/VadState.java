package io.undertone.audio.vad;

import io.undertone.audio.StateBytes;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Mutable state of a detector for one channel; only the detector that created it can interpret it.
 *
 * @param values owned by this object; the detector defines their number
 */
public record VadState(float[] values) {

  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  /** Reads the state written by {@link #writeTo}. */
  public static VadState readFrom(ByteBuffer in) {
    float[] values = new float[StateBytes.readCount(in, Float.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.getFloat();
    }
    return new VadState(values);
  }
}
