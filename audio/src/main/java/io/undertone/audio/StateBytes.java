package io.undertone.audio;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Reading of states from bytes that may be damaged. */
public final class StateBytes {
  private StateBytes() {}

  /**
   * Reads how many elements follow.
   *
   * @throws BufferUnderflowException if fewer bytes are left than so many elements take
   */
  public static int readCount(ByteBuffer in, int elementBytes) {
    int count = in.getInt();
    if (count < 0 || count > in.remaining() / elementBytes) {
      throw new BufferUnderflowException();
    }
    return count;
  }
}
