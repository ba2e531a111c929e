package io.undertone.audio.vad;

import io.undertone.audio.StateBytes;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a detector remembers of one channel. A mutable value: only the detector that made it knows
 * the meaning of the numbers.
 *
 * @param values as many as the detector wants, owned by this object
 */
public record VadState(float[] values) {

  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  public static VadState readFrom(ByteBuffer in) {
    float[] values = new float[StateBytes.readCount(in, Float.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.getFloat();
    }
    return new VadState(values);
  }
}
