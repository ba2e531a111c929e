package io.undertone.audio.vad;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

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
  public static VadState readFrom(DataInput in) throws IOException {
    float[] values = new float[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return new VadState(values);
  }
}
