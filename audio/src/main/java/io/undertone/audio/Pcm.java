package io.undertone.audio;

/**
 * A raw waveform of one channel.
 *
 * @param samples mono, nominally in [-1, 1]; the array is owned by this object and must not be
 *     changed
 * @param sampleRateHz samples a second
 */
public record Pcm(float[] samples, int sampleRateHz) {

  public Pcm {
    if (sampleRateHz < 1) {
      throw new IllegalArgumentException("sampleRateHz must be at least 1, but is " + sampleRateHz);
    }
  }

  /** Duration, rounded down to milliseconds. */
  public long durationMs() {
    return samples.length * 1000L / sampleRateHz;
  }
}
