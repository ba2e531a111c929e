package io.undertone.evaluation.sound;

import io.undertone.audio.Pcm;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A sound that calls contain beside speech, at 8 kHz. Frequencies and cadences of tones are those
 * of ITU-T E.180, supplement 2, and of ITU-T Q.23 for keys.
 */
public enum CallSound {
  HOLD_MUSIC_PLUCKED(new HoldMusic(Instrument.PLUCKED)),
  HOLD_MUSIC_STRINGS(new HoldMusic(Instrument.STRINGS)),
  HOLD_MUSIC_CHOIR(new HoldMusic(Instrument.CHOIR)),
  RING_BACK_EUROPE(new SignalTone(List.of(425), 1000, 4000)),
  RING_BACK_NORTH_AMERICA(new SignalTone(List.of(440, 480), 2000, 4000)),
  BUSY_EUROPE(new SignalTone(List.of(425), 500, 500)),
  BUSY_NORTH_AMERICA(new SignalTone(List.of(480, 620), 500, 500)),
  KEYS(new Keys()),
  WHITE_NOISE(Noise::white),
  PINK_NOISE(Noise::pink),
  HUM(Noise::hum),
  STREET(new Street());

  /** Sample rate of all sounds. */
  public static final int SAMPLE_RATE_HZ = 8000;

  private final SoundSource source;

  CallSound(SoundSource source) {
    this.source = source;
  }

  /** The name in lower case, with hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Makes the sound. The same seed and duration give the same samples.
   *
   * @param seconds duration, at least 1
   */
  public Pcm make(int seconds, long seed) {
    if (seconds < 1) {
      throw new IllegalArgumentException("seconds must be at least 1, but are " + seconds);
    }
    // From the name, so that a sound does not depend on which others there are.
    Random random = new Random(seed ^ name().hashCode());
    return new Pcm(source.samples(seconds * SAMPLE_RATE_HZ, random), SAMPLE_RATE_HZ);
  }
}
