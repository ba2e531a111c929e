package io.undertone.audio.codec;

import io.github.jaredmdobson.concentus.OpusPacketInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * The packets of one Opus payload, each led by its length as an unsigned 16 bit big endian number.
 *
 * @param payload the framed packets
 * @param packets where they lie in it
 * @param durationSamples their duration together at the rate to decode to
 */
record OpusPackets(byte[] payload, List<Packet> packets, long durationSamples) {

  /** One packet without its length. */
  record Packet(int offsetBytes, int lengthBytes) {}

  private static final int LENGTH_BYTES = 2;

  static OpusPackets parse(byte[] payload, int sampleRateHz) throws UndecodableAudioException {
    List<Packet> packets = new ArrayList<>();
    long durationSamples = 0;
    int at = 0;
    while (at < payload.length) {
      if (payload.length - at < LENGTH_BYTES) {
        throw new UndecodableAudioException(
            "Opus packet " + packets.size() + " must be led by 2 bytes of length, but 1 is left");
      }
      int length = (payload[at] & 0xff) << 8 | payload[at + 1] & 0xff;
      at += LENGTH_BYTES;
      int left = payload.length - at;
      if (length < 1 || length > left) {
        throw new UndecodableAudioException(
            "Opus packet %d must have a length of 1 to %d bytes (what is left), but says %d"
                .formatted(packets.size(), left, length));
      }
      durationSamples += durationSamples(payload, at, length, sampleRateHz, packets.size());
      packets.add(new Packet(at, length));
      at += length;
    }
    return new OpusPackets(payload, packets, durationSamples);
  }

  private static int durationSamples(
      byte[] payload, int offset, int length, int sampleRateHz, int index)
      throws UndecodableAudioException {
    int samples = OpusPacketInfo.getNumSamples(payload, offset, length, sampleRateHz);
    if (samples < 1) {
      throw new UndecodableAudioException(
          "Opus packet %d of %d bytes must hold 2.5 to 120 ms of audio, but its head says otherwise"
              .formatted(index, length));
    }
    return samples;
  }
}
