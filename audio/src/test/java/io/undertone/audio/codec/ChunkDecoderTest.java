package io.undertone.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkDecoderTest {

  @Test
  void linearSamplesAreLittleEndian() throws UndecodableAudioException {
    byte[] payload = {0x00, 0x40, (byte) 0xff, (byte) 0xff, 0x00, (byte) 0x80};

    assertThat(ChunkDecoder.decode(Codec.PCM_S16LE, 8000, payload, null).toPcm().samples())
        .containsExactly(0.5f, -1 / 32768f, -1f);
  }

  @ParameterizedTest
  @CsvSource({
    // Codes and values from the tables of ITU-T G.711, scaled to 16 bit.
    "PCMU, 0x00, -32124",
    "PCMU, 0x80,  32124",
    "PCMU, 0x7f,      0",
    "PCMU, 0xff,      0",
    "PCMU, 0xf0,    120",
    "PCMA, 0x2a, -32256",
    "PCMA, 0xaa,  32256",
    "PCMA, 0x55,     -8",
    "PCMA, 0xd5,      8",
  })
  void g711MatchesTheStandard(Codec codec, String code, int expected)
      throws UndecodableAudioException {
    byte[] payload = {(byte) (int) Integer.decode(code)};

    assertThat(ChunkDecoder.decode(codec, 8000, payload, null).samples())
        .containsExactly((short) expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PCM_S16LE", "PCMU", "PCMA", "OPUS"})
  void anEmptyPayloadHasNoSamples(Codec codec) throws UndecodableAudioException {
    assertThat(ChunkDecoder.decode(codec, 8000, new byte[0], null).samples()).isEmpty();
  }

  @Test
  void rejectsAnOddNumberOfLinearBytes() {
    assertThatThrownBy(() -> ChunkDecoder.validate(Codec.PCM_S16LE, 8000, new byte[3]))
        .isInstanceOf(UndecodableAudioException.class)
        .hasMessage("a PCM_S16LE payload must have an even number of bytes, but has 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 7999, 8001, 48_001, Integer.MAX_VALUE})
  void rejectsRatesOutsideTheContract(int rateHz) {
    assertThatThrownBy(() -> ChunkDecoder.validate(Codec.PCMU, rateHz, new byte[10]))
        .isInstanceOf(UndecodableAudioException.class)
        .hasMessage("sampleRateHz must be a multiple of 25 from 8000 to 48000, but is " + rateHz);
  }

  @Test
  void rejectsAChunkOfMoreThanAMinute() {
    assertThatThrownBy(() -> ChunkDecoder.validate(Codec.PCMU, 8000, new byte[8 * 60_001]))
        .isInstanceOf(UndecodableAudioException.class)
        .hasMessage("a chunk must hold at most 60000 ms of audio, but holds 60001");
  }

  @Test
  void computesTheDurationWithoutDecoding() throws UndecodableAudioException {
    assertThat(ChunkDecoder.durationMs(Codec.PCM_S16LE, 16_000, new byte[640])).isEqualTo(20);
    assertThat(ChunkDecoder.durationMs(Codec.PCMA, 8000, new byte[160])).isEqualTo(20);
  }
}
