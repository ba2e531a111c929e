package io.undertone.audio.prosody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.audio.Clips;
import io.undertone.audio.Pcm16;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProsodyTest {
  private static final int RATE_HZ = 8000;

  @Test
  void aSineOfFullScaleIsThreeDecibelsBelowFullScale() {
    Prosody prosody = Prosody.of(audio(sine(32_767, 1)));

    assertThat(prosody.loudnessDbfs()).isCloseTo(-3.01f, within(0.01f));
  }

  @Test
  void halfTheAmplitudeIsSixDecibelsLess() {
    Prosody loud = Prosody.of(audio(sine(8000, 1)));
    Prosody soft = Prosody.of(audio(sine(4000, 1)));

    assertThat(loud.loudnessDbfs() - soft.loudnessDbfs()).isCloseTo(6.02f, within(0.01f));
  }

  @Test
  void silenceAroundSpeechDoesNotMakeItQuieter() {
    short[] speech = sine(8000, 1);
    short[] padded = new short[3 * RATE_HZ];
    System.arraycopy(speech, 0, padded, RATE_HZ, speech.length);

    // The windows at the edges hold some of the silence.
    assertThat(Prosody.of(audio(padded)).loudnessDbfs())
        .isCloseTo(Prosody.of(audio(speech)).loudnessDbfs(), within(0.3f));
  }

  @Test
  void anOffsetOfTheLineIsNoSound() {
    short[] speech = sine(1000, 1);
    short[] offset = speech.clone();
    for (int i = 0; i < offset.length; i++) {
      offset[i] += 3000;
    }

    assertThat(Prosody.of(audio(offset)).loudnessDbfs())
        .isCloseTo(Prosody.of(audio(speech)).loudnessDbfs(), within(0.01f));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 8})
  void countsVoicedPeaksOfTheLevel(int syllables) {
    Prosody prosody = Prosody.of(audio(voiced(syllables)));

    assertThat(prosody.syllables()).isEqualTo(syllables);
    assertThat(prosody.syllablesPerSecond()).isBetween(4.9f, 6.5f);
  }

  @Test
  void fasterSpeechHasAHigherPace() {
    short[] slow = voiced(5);
    short[] fast = new short[slow.length / 2];
    for (int i = 0; i < fast.length; i++) {
      fast[i] = slow[2 * i];
    }

    assertThat(Prosody.of(audio(fast)).syllablesPerSecond())
        .isGreaterThan(1.7f * Prosody.of(audio(slow)).syllablesPerSecond());
  }

  @Test
  void noiseHasNoSyllables() {
    Random random = new Random(1);
    short[] bursts = envelope(5, i -> random.nextGaussian());

    assertThat(Prosody.of(audio(bursts)).syllables()).isZero();
  }

  @Test
  void aSteadyToneIsOneSyllable() {
    assertThat(Prosody.of(audio(sine(8000, 2))).syllables()).isEqualTo(1);
  }

  @Test
  void digitalSilenceHasNeitherSyllablesNorAnInfiniteLevel() {
    Prosody prosody = Prosody.of(audio(new short[RATE_HZ]));

    assertThat(prosody.syllables()).isZero();
    assertThat(prosody.loudnessDbfs()).isBetween(-100f, -96f);
    assertThat(prosody.syllablesPerSecond()).isZero();
  }

  @Test
  void theShortestAudioIsMeasured() {
    assertThat(Prosody.of(audio(new short[] {5})).syllablesPerSecond()).isFinite();
    assertThat(Prosody.of(audio(new short[0])).loudnessDbfs()).isFinite();
  }

  @Test
  void speechHasAPlausiblePace() {
    Prosody prosody = Prosody.of(audio(Clips.threeSentences(RATE_HZ).toInt16()));

    assertThat(prosody.syllablesPerSecond()).isBetween(2f, 8f);
    assertThat(prosody.loudnessDbfs()).isBetween(-45f, -5f);
  }

  /** Syllables of 200 ms, of a voice of 125 Hz, each swelling and fading. */
  private static short[] voiced(int syllables) {
    return envelope(syllables, i -> Math.sin(2 * Math.PI * 125 * i / RATE_HZ) > 0.9 ? 1 : -0.1);
  }

  private interface Wave {
    double at(int sample);
  }

  private static short[] envelope(int syllables, Wave wave) {
    short[] samples = new short[syllables * RATE_HZ / 5];
    for (int i = 0; i < samples.length; i++) {
      double swell = Math.pow(Math.sin(Math.PI * i / (RATE_HZ / 5.0)), 2);
      samples[i] = (short) Math.round(6000 * swell * wave.at(i));
    }
    return samples;
  }

  private static short[] sine(int amplitude, int seconds) {
    short[] samples = new short[seconds * RATE_HZ];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * 200 * i / RATE_HZ));
    }
    return samples;
  }

  private static Pcm16 audio(short[] samples) {
    return new Pcm16(Arrays.copyOf(samples, samples.length), RATE_HZ);
  }
}
