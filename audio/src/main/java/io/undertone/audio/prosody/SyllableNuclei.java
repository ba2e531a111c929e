package io.undertone.audio.prosody;

import io.undertone.audio.Pcm16;

/**
 * Counts syllables by their nuclei: voiced peaks of the level with a dip between each and the next.
 *
 * <p>The method of N. H. de Jong and T. Wempe, "Praat script to detect syllable nuclei and measure
 * speech rate automatically", Behavior Research Methods 41 (2009), 385–390, without Praat. A peak
 * counts if it is loud enough to be speech, if the level falls by {@value #DIP_DB} dB before the
 * next peak, and if the waveform around it is periodic. Unstressed syllables are sometimes missed:
 * counts are lower than those of a written text.
 */
final class SyllableNuclei {
  /** The dip between two nuclei. */
  static final double DIP_DB = 2;

  private SyllableNuclei() {}

  static int count(Pcm16 audio, Intensity intensity) {
    Voicing voicing = new Voicing(audio);
    double threshold = intensity.speechThresholdDb();
    int count = 0;
    int peak = 0;
    double lowest = Double.POSITIVE_INFINITY;
    boolean rising = true;
    for (int frame = 1; frame <= intensity.frames(); frame++) {
      // Silence follows.
      double level =
          frame < intensity.frames() ? intensity.levelDb(frame) : Double.NEGATIVE_INFINITY;
      if (rising && level > intensity.levelDb(peak)) {
        peak = frame;
      } else if (rising && level < intensity.levelDb(peak) - DIP_DB) {
        if (intensity.levelDb(peak) >= threshold && voicing.isVoiced(peak)) {
          count++;
        }
        rising = false;
        lowest = level;
      } else if (!rising && level > lowest + DIP_DB) {
        rising = true;
        peak = frame;
      } else if (!rising) {
        lowest = Math.min(lowest, level);
      }
    }
    return count;
  }
}
