package io.undertone.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Pcm;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.Role;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallChunksTest {
  private static final long CAPTURE_TIME_MS = 1_700_000_000_000L;
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(CAPTURE_TIME_MS);

  @Test
  void channelsAreInterleavedByStartOffset() {
    List<AudioChunk> chunks = CallChunks.of(Recordings.twoSided("call", 250), SETTINGS);

    assertThat(chunks).extracting(AudioChunk::getChannel).containsExactly(0, 1, 0, 1, 0, 1);
    assertThat(chunks)
        .extracting(AudioChunk::getStartOffsetMs)
        .containsExactly(0L, 0L, 100L, 100L, 200L, 200L);
    assertThat(chunks)
        .extracting(AudioChunk::getChunkIndex)
        .containsExactly(0L, 0L, 1L, 1L, 2L, 2L);
    assertThat(chunks)
        .extracting(AudioChunk::getRole)
        .containsExactly(
            Role.CUSTOMER, Role.AGENT, Role.CUSTOMER, Role.AGENT, Role.CUSTOMER, Role.AGENT);
    assertThat(chunks.get(4).getCaptureTimeMs()).isEqualTo(CAPTURE_TIME_MS + 200);
  }

  @Test
  void theLastChunkIsShorterAndMarkedAsLast() {
    List<AudioChunk> chunks =
        CallChunks.of(Recordings.oneSided(Recordings.tone(440, 250, 8000)), SETTINGS);

    assertThat(chunks).extracting(AudioChunk::getLastChunk).containsExactly(false, false, true);
    assertThat(chunks)
        .extracting(chunk -> chunk.getPayload().remaining())
        .containsExactly(1600, 1600, 800);
  }

  @Test
  void noSampleIsLostIfTheRateDoesNotDivideByTheChunkLength() {
    Pcm pcm = Recordings.tone(440, 1010, 11025);
    ReplaySettings settings = SETTINGS.withChunkMs(33);

    long samples =
        CallChunks.of(Recordings.oneSided(pcm), settings).stream()
            .mapToLong(chunk -> chunk.getPayload().remaining() / Short.BYTES)
            .sum();

    assertThat(samples).isEqualTo(pcm.samples().length);
  }

  @Test
  void aRecordingWithoutSamplesIsOneEmptyLastChunk() {
    List<AudioChunk> chunks =
        CallChunks.of(Recordings.oneSided(new Pcm(new float[0], 8000)), SETTINGS);

    assertThat(chunks).hasSize(1);
    assertThat(chunks.get(0).getLastChunk()).isTrue();
    assertThat(chunks.get(0).getPayload().remaining()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"PCMU, 800", "PCMA, 800"})
  void g711TakesOneBytePerSample(AudioCodec codec, int payloadBytes) {
    AudioChunk chunk =
        CallChunks.of(Recordings.twoSided("call", 100), SETTINGS.withCodec(codec)).get(0);

    assertThat(chunk.getCodec()).isEqualTo(codec);
    assertThat(chunk.getPayload().remaining()).isEqualTo(payloadBytes);
  }

  @Test
  void silenceIsEncodedAsG711Defines() {
    Pcm silence = new Pcm(new float[160], 8000);

    byte[] muLaw = firstPayload(silence, AudioCodec.PCMU);
    byte[] aLaw = firstPayload(silence, AudioCodec.PCMA);

    assertThat(muLaw).containsOnly(0xff);
    assertThat(aLaw).containsOnly(0xd5);
  }

  @Test
  void opusPacketsFollowTheirLength() {
    ByteBuffer payload =
        ByteBuffer.wrap(firstPayload(Recordings.tone(440, 100, 16000), AudioCodec.OPUS));

    int packets = 0;
    while (payload.hasRemaining()) {
      int lengthBytes = Short.toUnsignedInt(payload.getShort());
      assertThat(lengthBytes).isBetween(1, payload.remaining());
      payload.position(payload.position() + lengthBytes);
      packets++;
    }
    assertThat(packets).isEqualTo(5);
  }

  @Test
  void opusRefusesUnsupportedSampleRatesAndChunkLengths() {
    assertThatThrownBy(() -> firstPayload(Recordings.tone(440, 100, 44100), AudioCodec.OPUS))
        .hasMessage(
            "sampleRateHz of OPUS must be one of [8000, 12000, 16000, 24000, 48000], but is 44100");
    assertThatThrownBy(
            () ->
                CallChunks.of(
                    Recordings.twoSided("call", 100),
                    SETTINGS.withCodec(AudioCodec.OPUS).withChunkMs(30)))
        .hasMessage("chunkMs of OPUS must be a multiple of 20, but is 30");
  }

  private static byte[] firstPayload(Pcm pcm, AudioCodec codec) {
    return CallChunks.of(Recordings.oneSided(pcm), SETTINGS.withCodec(codec))
        .get(0)
        .getPayload()
        .array();
  }
}
