package io.undertone.audio.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** 16 bit little endian. */
final class LinearEncoder implements ChunkEncoder {

  @Override
  public byte[] encode(short[] samples) {
    ByteBuffer bytes =
        ByteBuffer.allocate(samples.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    return bytes.array();
  }
}
