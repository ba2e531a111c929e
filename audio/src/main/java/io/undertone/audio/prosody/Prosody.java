package io.undertone.audio.prosody;

import io.undertone.audio.Pcm16;

/**
 * How loud and how fast an utterance is spoken.
 *
 * @param loudnessDbfs root mean square of the speech in decibels below full scale: a square wave of
 *     full scale has 0, a sine wave −3. The speech are the frames of {@link Intensity} that are at
 *     most {@value Intensity#SPEECH_RANGE_DB} dB quieter than the loudest ones; so neither the
 *     padding of an utterance nor its pauses make it quieter
 * @param syllables their number, estimated by {@link SyllableNuclei}
 * @param syllablesPerSecond pace: syllables per second from the first to the last frame of speech,
 *     short pauses included
 */
public record Prosody(float loudnessDbfs, int syllables, float syllablesPerSecond) {

  /** Measures an utterance. */
  public static Prosody of(Pcm16 utterance) {
    Intensity intensity = Intensity.of(utterance);
    int syllables = SyllableNuclei.count(utterance, intensity);
    return new Prosody(
        (float) intensity.speechLevelDb(),
        syllables,
        (float) (syllables / intensity.speechSeconds()));
  }
}
