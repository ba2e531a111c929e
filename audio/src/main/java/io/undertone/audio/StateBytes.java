package io.undertone.audio;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Reads state from bytes that may be damaged. */
public final class StateBytes {
  private StateBytes() {}

  /**
   * Reads the number of elements that follow.
   *
   * @throws BufferUnderflowException if the remaining bytes cannot hold so many elements
   */
  public static int readCount(ByteBuffer in, int elementBytes) {
    int count = in.getInt();
    if (count < 0 || count > in.remaining() / elementBytes) {
      throw new BufferUnderflowException();
    }
    return count;
  }
}
