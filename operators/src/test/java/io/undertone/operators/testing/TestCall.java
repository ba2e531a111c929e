package io.undertone.operators.testing;

import io.undertone.operators.RecordCoordinates;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.decode.IncomingRecord;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.Consent;
import io.undertone.schemas.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A customer's channel in chunks of 20 ms at 8 kHz that alternates a second of tone and a second of
 * silence, each tone at another pitch. The Kafka offset of a chunk is its index.
 */
public record TestCall(String tenant, String conversationId, int channel, long chunks) {
  public static final String TOPIC = "audio";
  public static final long CALL_BEGIN_MS = 1_700_000_000_000L;
  public static final int CHUNK_MS = 20;
  private static final int RATE_HZ = 8000;
  private static final int CHUNK_SAMPLES = RATE_HZ / 1000 * CHUNK_MS;

  /** A call of a duration. */
  public static TestCall ofSeconds(String conversationId, int seconds) {
    return new TestCall("acme", conversationId, 0, seconds * 1000L / CHUNK_MS);
  }

  /** The chunk at an index; the last one ends the call. */
  public AudioChunk.Builder audio(long index) {
    return AudioChunk.newBuilder()
        .setTenant(tenant)
        .setConversationId(conversationId)
        .setChannel(channel)
        .setRole(Role.CUSTOMER)
        .setChunkIndex(index)
        .setStartOffsetMs(index * CHUNK_MS)
        .setCaptureTimeMs(CALL_BEGIN_MS + index * CHUNK_MS)
        .setCodec(AudioCodec.PCM_S16LE)
        .setSampleRateHz(RATE_HZ)
        .setPayload(ByteBuffer.wrap(pcm(index)))
        .setConsent(Consent.UNSPECIFIED)
        .setLastChunk(index == chunks - 1)
        .setChannelRoles(Collections.nCopies(channel + 1, Role.CUSTOMER));
  }

  public Chunk chunk(long index) {
    return chunk(audio(index));
  }

  public Chunk chunk(AudioChunk.Builder audio) {
    return new Chunk(new RecordCoordinates(TOPIC, 0, audio.getChunkIndex()), audio.build());
  }

  public List<Chunk> allChunks() {
    return LongStream.range(0, chunks).mapToObj(this::chunk).toList();
  }

  public IncomingRecord record(long index) {
    return record(audio(index));
  }

  public IncomingRecord record(AudioChunk.Builder audio) {
    return record(audio, 0, audio.getCaptureTimeMs());
  }

  /** A record with this timestamp in a partition. */
  public IncomingRecord record(AudioChunk.Builder audio, int partition, long timestampMs) {
    return new IncomingRecord(
        TOPIC, partition, audio.getChunkIndex(), key(), encoded(audio.build()), timestampMs);
  }

  public byte[] key() {
    return (tenant + "/" + conversationId).getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] encoded(AudioChunk audio) {
    try {
      ByteBuffer encoded = AudioChunk.getEncoder().encode(audio);
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] pcm(long index) {
    ByteBuffer pcm = ByteBuffer.allocate(CHUNK_SAMPLES * 2).order(ByteOrder.LITTLE_ENDIAN);
    long second = index * CHUNK_MS / 1000;
    double pitchHz = second % 2 == 0 ? 200 + 37 * second : 0;
    for (int i = 0; i < CHUNK_SAMPLES; i++) {
      double time = (double) (index * CHUNK_SAMPLES + i) / RATE_HZ;
      pcm.putShort((short) (8000 * Math.sin(2 * Math.PI * pitchHz * time)));
    }
    return pcm.array();
  }
}
