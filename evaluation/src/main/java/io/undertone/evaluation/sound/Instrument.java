package io.undertone.evaluation.sound;

/** How a note sounds. */
enum Instrument {
  /** Starts at once and dies away, the higher harmonics first. */
  PLUCKED {
    @Override
    double loudness(int harmonic, double hz, double seconds, double duration) {
      return StrictMath.exp(-seconds * (1.5 + 0.8 * harmonic)) / harmonic;
    }

    @Override
    double vibratoRadians(double hz, double seconds) {
      return 0;
    }
  },

  /** Swells, stays and ends softly, with vibrato. */
  STRINGS {
    @Override
    double loudness(int harmonic, double hz, double seconds, double duration) {
      return swell(seconds, duration) / harmonic;
    }

    @Override
    double vibratoRadians(double hz, double seconds) {
      return vibrato(hz, seconds);
    }
  },

  /** Sings each note on a vowel that opens from "oo" to "ah". */
  CHOIR {
    @Override
    double loudness(int harmonic, double hz, double seconds, double duration) {
      double open = Math.min(1, 2 * seconds / duration);
      double sum = 0;
      for (int formant = 0; formant < CLOSED_HZ.length; formant++) {
        double center = CLOSED_HZ[formant] + open * (OPEN_HZ[formant] - CLOSED_HZ[formant]);
        double distance = (harmonic * hz - center) / FORMANT_WIDTH_HZ;
        sum += FORMANT_GAIN[formant] / (1 + distance * distance);
      }
      return swell(seconds, duration) * sum;
    }

    @Override
    double vibratoRadians(double hz, double seconds) {
      return vibrato(hz, seconds);
    }
  };

  /** Formants of "oo" and of "ah", after Peterson and Barney 1952. */
  private static final double[] CLOSED_HZ = {300, 870, 2240};

  private static final double[] OPEN_HZ = {730, 1090, 2440};
  private static final double[] FORMANT_GAIN = {1, 0.5, 0.2};
  private static final double FORMANT_WIDTH_HZ = 80;

  private static final double SWELL_SECONDS = 0.08;
  private static final double VIBRATO_HZ = 5.5;

  /** Share of the frequency: 20 cents. */
  private static final double VIBRATO_DEPTH = 0.0116;

  private static final double HIGHEST_HZ = 3800;

  private static double swell(double seconds, double duration) {
    double rise = seconds / SWELL_SECONDS;
    double fall = (duration - seconds) / SWELL_SECONDS;
    return Math.max(0, Math.min(1, Math.min(rise, fall)));
  }

  private static double vibrato(double hz, double seconds) {
    double angle = 2 * StrictMath.PI * VIBRATO_HZ * seconds;
    return VIBRATO_DEPTH * hz / VIBRATO_HZ * (1 - StrictMath.cos(angle));
  }

  /** Amplitude of a harmonic at a time within a note. */
  abstract double loudness(int harmonic, double hz, double seconds, double duration);

  /** Phase that vibrato adds to the first harmonic at a time within a note. */
  abstract double vibratoRadians(double hz, double seconds);

  /** Adds a note, with all harmonics in the band, as far as there are samples. */
  void add(float[] samples, int from, int length, double hz, double gain) {
    double duration = (double) length / CallSound.SAMPLE_RATE_HZ;
    for (int i = 0; i < Math.min(length, samples.length - from); i++) {
      double seconds = (double) i / CallSound.SAMPLE_RATE_HZ;
      double phase = 2 * StrictMath.PI * hz * seconds + vibratoRadians(hz, seconds);
      double sum = 0;
      for (int harmonic = 1; harmonic * hz < HIGHEST_HZ; harmonic++) {
        sum += loudness(harmonic, hz, seconds, duration) * StrictMath.sin(harmonic * phase);
      }
      samples[from + i] += (float) (gain * sum);
    }
  }
}
