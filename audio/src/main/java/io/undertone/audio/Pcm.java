package io.undertone.audio;

/**
 * The waveform of one channel as floats.
 *
 * @param samples mono, nominally in [-1, 1]; owned by this object: do not modify
 */
public record Pcm(float[] samples, int sampleRateHz) {

  private static final float INT16_SCALE = 32768f;

  public Pcm {
    if (sampleRateHz < 1) {
      throw new IllegalArgumentException("sampleRateHz must be at least 1, but is " + sampleRateHz);
    }
  }

  /** Converts 16-bit samples; {@link #toInt16} returns them bit for bit. */
  public static Pcm ofInt16(short[] samples, int sampleRateHz) {
    float[] scaled = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      scaled[i] = samples[i] / INT16_SCALE;
    }
    return new Pcm(scaled, sampleRateHz);
  }

  /** The samples rounded to 16 bit and clipped. */
  public short[] toInt16() {
    short[] rounded = new short[samples.length];
    for (int i = 0; i < samples.length; i++) {
      int scaled = Math.round(samples[i] * INT16_SCALE);
      rounded[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, scaled));
    }
    return rounded;
  }

  /** Duration, rounded down to milliseconds. */
  public long durationMs() {
    return samples.length * 1000L / sampleRateHz;
  }
}
