package io.undertone.audio;

/**
 * A raw waveform of one channel.
 *
 * @param samples mono, nominally in [-1, 1]; the array is owned by this object and must not be
 *     changed
 * @param sampleRateHz samples a second
 */
public record Pcm(float[] samples, int sampleRateHz) {

  private static final float INT16_SCALE = 32768f;

  public Pcm {
    if (sampleRateHz < 1) {
      throw new IllegalArgumentException("sampleRateHz must be at least 1, but is " + sampleRateHz);
    }
  }

  /** The waveform of 16 bit samples; {@link #toInt16} gives them back bit for bit. */
  public static Pcm ofInt16(short[] samples, int sampleRateHz) {
    float[] scaled = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      scaled[i] = samples[i] / INT16_SCALE;
    }
    return new Pcm(scaled, sampleRateHz);
  }

  /** The samples rounded to 16 bit, clipped to their range. */
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
