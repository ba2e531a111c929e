package io.undertone.audio;

/**
 * The waveform of one channel as 16-bit samples, the output of all codecs.
 *
 * @param samples mono; owned by this object: do not modify
 */
public record Pcm16(short[] samples, int sampleRateHz) {

  public Pcm16 {
    if (sampleRateHz < 1) {
      throw new IllegalArgumentException("sampleRateHz must be at least 1, but is " + sampleRateHz);
    }
  }

  /** The same waveform as floats; {@link Pcm#toInt16} returns these samples bit for bit. */
  public Pcm toPcm() {
    return Pcm.ofInt16(samples, sampleRateHz);
  }
}
