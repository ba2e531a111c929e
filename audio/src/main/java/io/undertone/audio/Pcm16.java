package io.undertone.audio;

/**
 * A raw waveform of one channel in samples of 16 bit, as all codecs give it.
 *
 * @param samples mono; the array is owned by this object and must not be changed
 * @param sampleRateHz samples a second
 */
public record Pcm16(short[] samples, int sampleRateHz) {

  public Pcm16 {
    if (sampleRateHz < 1) {
      throw new IllegalArgumentException("sampleRateHz must be at least 1, but is " + sampleRateHz);
    }
  }

  /** The same waveform, whose {@link Pcm#toInt16} gives these samples back bit for bit. */
  public Pcm toPcm() {
    return Pcm.ofInt16(samples, sampleRateHz);
  }
}
