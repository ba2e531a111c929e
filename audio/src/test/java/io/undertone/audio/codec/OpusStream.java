package io.undertone.audio.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.undertone.audio.Pcm;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Encodes a clip as Opus payloads, each of a number of 20 ms packets. */
public final class OpusStream {
  private static final int PACKETS_PER_SECOND = 50;
  private static final int MAX_PACKET_BYTES = 1275;

  private OpusStream() {}

  public static List<byte[]> payloads(Pcm pcm, int bitRate, int packetsPerPayload) {
    short[] samples = pcm.toInt16();
    int packetSamples = pcm.sampleRateHz() / PACKETS_PER_SECOND;
    List<byte[]> payloads = new ArrayList<>();
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    try {
      OpusEncoder encoder =
          new OpusEncoder(pcm.sampleRateHz(), 1, OpusApplication.OPUS_APPLICATION_VOIP);
      encoder.setBitrate(bitRate);
      byte[] packet = new byte[MAX_PACKET_BYTES];
      for (int i = 0; (i + 1) * packetSamples <= samples.length; i++) {
        int length =
            encoder.encode(samples, i * packetSamples, packetSamples, packet, 0, packet.length);
        payload.write(length >> 8);
        payload.write(length);
        payload.write(packet, 0, length);
        if ((i + 1) % packetsPerPayload == 0) {
          payloads.add(payload.toByteArray());
          payload.reset();
        }
      }
    } catch (OpusException e) {
      throw new AssertionError(e);
    }
    return payloads;
  }
}
