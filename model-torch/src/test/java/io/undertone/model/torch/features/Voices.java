package io.undertone.model.torch.features;

import io.undertone.audio.Pcm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Sounds that are voiced like speech: harmonics under a formant, loud and soft in turn. */
public final class Voices {

  private Voices() {}

  /**
   * A vowel of half a second to several, four syllables a second.
   *
   * @param fundamentalHz pitch
   * @param formantHz where the harmonics are loudest
   */
  public static Pcm vowel(double fundamentalHz, double formantHz, double seconds) {
    float[] samples = new float[(int) (seconds * FrameFeatures.SAMPLE_RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      double time = (double) i / FrameFeatures.SAMPLE_RATE_HZ;
      double sum = 0;
      for (int harmonic = 1; harmonic * fundamentalHz < 3800; harmonic++) {
        double distance = (harmonic * fundamentalHz - formantHz) / 300;
        sum += Math.sin(2 * Math.PI * harmonic * fundamentalHz * time) / (1 + distance * distance);
      }
      double syllable = 0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * time);
      samples[i] = (float) (0.1 * sum * syllable);
    }
    return new Pcm(samples, FrameFeatures.SAMPLE_RATE_HZ);
  }

  /** Writes a sound as WAV of 16 bits. */
  public static void write(Path file, Pcm pcm) throws IOException {
    byte[] bytes = new byte[pcm.samples().length * 2];
    for (int i = 0; i < pcm.samples().length; i++) {
      short value = (short) (pcm.samples()[i] * 20_000);
      bytes[2 * i] = (byte) value;
      bytes[2 * i + 1] = (byte) (value >> 8);
    }
    AudioFormat format = new AudioFormat(pcm.sampleRateHz(), 16, 1, true, false);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(bytes), format, pcm.samples().length),
        AudioFileFormat.Type.WAVE,
        file.toFile());
  }
}
