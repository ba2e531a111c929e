package io.undertone.cli.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Pcm;
import io.undertone.audio.codec.Codec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendRatesTest {

  @ParameterizedTest
  @CsvSource({
    "OPUS, 44100, 48000",
    "OPUS, 11025, 12000",
    "OPUS, 16000, 16000",
    "PCM_S16LE, 44100, 44100",
    "PCM_S16LE, 96000, 48000",
    "PCMU, 4000, 8000",
    "PCMA, 11127, 12000",
  })
  void aRateThatIsNotTakenBecomesTheNextHigher(Codec codec, int rateHz, int sentHz) {
    Pcm second = new Pcm(new float[rateHz], rateHz);

    Pcm sent = SendRates.fitting(second, codec);

    assertThat(sent.sampleRateHz()).isEqualTo(sentHz);
    assertThat(sent.durationMs()).isBetween(990L, 1000L);
  }
}
