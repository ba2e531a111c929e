package io.undertone.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Memories of any bytes: decoded, or refused. CONTRIBUTING.md says how to fuzz. */
class MemoryFuzzTest {

  /** Version and body of a memory, whose frame is right: its checksum would reject most bytes. */
  @FuzzTest(maxDuration = "3m")
  void memory(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    int length = Integer.BYTES + Short.BYTES + Integer.BYTES + bytes.length - 1 + Integer.BYTES;
    ByteBuffer framed = ByteBuffer.allocate(length);
    framed.putInt(MemoryCodec.MAGIC).putShort((short) (1 + (bytes[0] & 1))).putInt(length);
    framed.put(bytes, 1, bytes.length - 1);
    CRC32C crc = new CRC32C();
    crc.update(framed.array(), 0, framed.position());
    framed.putInt((int) crc.getValue());
    try {
      assertThat(MemoryCodec.decode(framed.array()).updateStep()).isNotNegative();
    } catch (MemoryFormatException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }
}
