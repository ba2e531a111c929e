package io.undertone.audio.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusConstants;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Encodes Opus packets of 20 ms, each preceded by its length. Pads the last one with silence. */
final class OpusChunkEncoder implements ChunkEncoder {
  /** Opus chooses. */
  static final int BIT_RATE_FOR_THE_SAMPLE_RATE = OpusConstants.OPUS_AUTO;

  private static final Set<Integer> RATES_HZ = Set.of(8000, 12000, 16000, 24000, 48000);
  private static final int PACKET_MS = 20;
  private static final int MAX_PACKET_BYTES = 1275;
  private static final int LENGTH_BYTES = 2;
  private static final int MONO = 1;

  private final OpusEncoder encoder;
  private final int packetSamples;

  OpusChunkEncoder(int sampleRateHz, int chunkMs, int bitRate) {
    if (!RATES_HZ.contains(sampleRateHz)) {
      throw new IllegalArgumentException(
          "sampleRateHz of OPUS must be one of "
              + new TreeSet<>(RATES_HZ)
              + ", but is "
              + sampleRateHz);
    }
    if (chunkMs % PACKET_MS != 0) {
      throw new IllegalArgumentException(
          "chunkMs of OPUS must be a multiple of " + PACKET_MS + ", but is " + chunkMs);
    }
    this.packetSamples = sampleRateHz * PACKET_MS / 1000;
    try {
      this.encoder = new OpusEncoder(sampleRateHz, MONO, OpusApplication.OPUS_APPLICATION_VOIP);
      encoder.setBitrate(bitRate);
    } catch (OpusException e) {
      throw new IllegalStateException(
          "cannot create an Opus encoder for " + sampleRateHz + " Hz", e);
    }
  }

  @Override
  public byte[] encode(short[] samples) {
    int packets = (samples.length + packetSamples - 1) / packetSamples;
    short[] padded = Arrays.copyOf(samples, packets * packetSamples);
    ByteBuffer payload = ByteBuffer.allocate(packets * (LENGTH_BYTES + MAX_PACKET_BYTES));
    byte[] packet = new byte[MAX_PACKET_BYTES];
    for (int i = 0; i < packets; i++) {
      int lengthBytes = encodePacket(padded, i * packetSamples, packet);
      payload.putShort((short) lengthBytes).put(packet, 0, lengthBytes);
    }
    return Arrays.copyOf(payload.array(), payload.position());
  }

  private int encodePacket(short[] samples, int offset, byte[] packet) {
    try {
      return encoder.encode(samples, offset, packetSamples, packet, 0, packet.length);
    } catch (OpusException e) {
      throw new IllegalStateException("Opus cannot encode " + packetSamples + " samples", e);
    }
  }
}
