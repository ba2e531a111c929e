package io.undertone.audio.codec;

import io.github.jaredmdobson.concentus.OpusPacketInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Opus packets framed in a payload: each is preceded by its length as an unsigned 16 bit big endian
 * number.
 *
 * @param payload the framed packets
 * @param packets their positions in the payload
 */
record OpusPackets(byte[] payload, List<Packet> packets) {

  /** Rate of all durations; every Opus stream can be decoded to it. */
  static final int SAMPLE_RATE_HZ = 48_000;

  private static final int LENGTH_BYTES = 2;

  /** One packet without its length. */
  record Packet(int offsetBytes, int lengthBytes, int durationSamples) {}

  static OpusPackets parse(byte[] payload) throws UndecodableAudioException {
    List<Packet> packets = new ArrayList<>();
    int at = 0;
    while (at < payload.length) {
      int index = packets.size();
      if (payload.length - at < LENGTH_BYTES) {
        throw new UndecodableAudioException(
            "Opus packet " + index + " must be preceded by 2 bytes of length, but 1 byte is left");
      }
      int length = ((payload[at] & 0xff) << 8) | (payload[at + 1] & 0xff);
      at += LENGTH_BYTES;
      int left = payload.length - at;
      if (length < 1 || length > left) {
        throw new UndecodableAudioException(
            "Opus packet %d must have a length of 1 to %d bytes, the rest of the payload, but has %d"
                .formatted(index, left, length));
      }
      packets.add(new Packet(at, length, durationSamples(payload, at, length, index)));
      at += length;
    }
    return new OpusPackets(payload, packets);
  }

  private static int durationSamples(byte[] payload, int offset, int length, int index)
      throws UndecodableAudioException {
    int samples = OpusPacketInfo.getNumSamples(payload, offset, length, SAMPLE_RATE_HZ);
    if (samples < 1) {
      throw new UndecodableAudioException(
          "Opus packet %d of %d bytes must hold 2.5 to 120 ms of audio, but its header is invalid"
              .formatted(index, length));
    }
    return samples;
  }

  /** Duration of all packets in samples at SAMPLE_RATE_HZ. */
  long durationSamples() {
    return packets.stream().mapToLong(Packet::durationSamples).sum();
  }

  /** The last framed packets of at least this duration, or all if they are shorter. */
  byte[] tail(int atLeastSamples) {
    int from = payload.length;
    int duration = 0;
    for (int i = packets.size() - 1; i >= 0 && duration < atLeastSamples; i--) {
      from = packets.get(i).offsetBytes() - LENGTH_BYTES;
      duration += packets.get(i).durationSamples();
    }
    return Arrays.copyOfRange(payload, from, payload.length);
  }
}
