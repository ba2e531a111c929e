package io.undertone.evaluation.sound;

import java.util.Random;

/**
 * Hold music: eight bars of chords with a melody, which fade out and start again. Key, tempo and
 * melody are random.
 *
 * @param instrument plays both
 */
record HoldMusic(Instrument instrument) implements SoundSource {
  private static final double DECIBELS = -22;
  private static final int BARS = 8;
  private static final int BEATS = 4;
  private static final int FADE_MS = 1500;
  private static final double CHORD_GAIN = 0.5;
  private static final double MELODY_GAIN = 1;

  /** Semitones of the major scale above its root. */
  private static final int[] SCALE = {0, 2, 4, 5, 7, 9, 11};

  /** Degrees of the scale on which the chords of four bars stand: I, V, vi, IV. */
  private static final int[] PROGRESSION = {0, 4, 5, 3};

  private static final int CHORD_NOTES = 3;
  private static final int MELODY_DEGREES = 6;
  private static final double LOWEST_ROOT_HZ = 196;
  private static final int SEMITONES = 12;
  private static final int LEAST_BEAT_MS = 500;
  private static final int MOST_BEAT_MS = 700;

  @Override
  public float[] samples(int length, Random random) {
    float[] bars = bars(random);
    float[] samples = new float[length];
    for (int from = 0; from < length; from += bars.length) {
      Waves.add(samples, from, bars, 1);
    }
    return Waves.atLevel(TelephoneBand.limit(samples), DECIBELS);
  }

  /** The part that is repeated. */
  private float[] bars(Random random) {
    double rootHz = LOWEST_ROOT_HZ * semitones(random.nextInt(SEMITONES));
    int beat = Waves.samples(LEAST_BEAT_MS + random.nextInt(MOST_BEAT_MS - LEAST_BEAT_MS));
    float[] bars = new float[BARS * BEATS * beat];
    for (int bar = 0; bar < BARS; bar++) {
      int chord = PROGRESSION[bar % PROGRESSION.length];
      addChord(bars, bar * BEATS * beat, BEATS * beat, rootHz, chord);
      addMelody(bars, bar * BEATS, beat, 2 * rootHz, chord, random);
    }
    fadeOut(bars);
    return bars;
  }

  private void addChord(float[] bars, int from, int length, double rootHz, int chord) {
    for (int note = 0; note < CHORD_NOTES; note++) {
      instrument.add(bars, from, length, frequency(rootHz, chord + 2 * note), CHORD_GAIN);
    }
  }

  /** One bar of notes of one or two beats, from the chord's root to the sixth above it. */
  private void addMelody(
      float[] bars, int firstBeat, int beat, double rootHz, int chord, Random random) {
    int at = 0;
    while (at < BEATS) {
      int beats = Math.min(BEATS - at, 1 + random.nextInt(2));
      int degree = chord + random.nextInt(MELODY_DEGREES);
      double hz = frequency(rootHz, degree);
      instrument.add(bars, (firstBeat + at) * beat, beats * beat, hz, MELODY_GAIN);
      at += beats;
    }
  }

  private static double frequency(double rootHz, int degree) {
    int octave = degree / SCALE.length;
    return rootHz * semitones(SCALE[degree % SCALE.length] + SEMITONES * octave);
  }

  /** The ratio of two frequencies. */
  private static double semitones(int count) {
    return StrictMath.pow(2, (double) count / SEMITONES);
  }

  private static void fadeOut(float[] samples) {
    int fade = Waves.samples(FADE_MS);
    for (int i = 0; i < fade; i++) {
      samples[samples.length - 1 - i] *= (float) i / fade;
    }
  }
}
