package io.undertone.audio;

import io.undertone.audio.file.AudioFileException;
import io.undertone.audio.file.AudioFiles;
import io.undertone.audio.resample.Resampler;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Audio for tests. */
public final class Clips {
  private Clips() {}

  /** Three sentences with pauses, 11.5 s at 8 kHz. */
  public static Path threeSentencesFile() {
    return file("speech/three-sentences.flac");
  }

  /** The three sentences, resampled. */
  public static Pcm threeSentences(int sampleRateHz) {
    try {
      return Resampler.resample(AudioFiles.read(threeSentencesFile()).get(0), sampleRateHz);
    } catch (AudioFileException e) {
      throw new AssertionError(e);
    }
  }

  /** A sine of amplitude 0.5. */
  public static Pcm tone(int sampleRateHz, double hz, int ms) {
    float[] samples = new float[sampleRateHz * ms / 1000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * hz * i / sampleRateHz));
    }
    return new Pcm(samples, sampleRateHz);
  }

  /** Samples of a clip between two positions. */
  public static Pcm slice(Pcm pcm, int from, int to) {
    return new Pcm(Arrays.copyOfRange(pcm.samples(), from, to), pcm.sampleRateHz());
  }

  /** Concatenates clips of the same rate. */
  public static Pcm joined(List<Pcm> clips) {
    float[] samples = new float[clips.stream().mapToInt(clip -> clip.samples().length).sum()];
    int at = 0;
    for (Pcm clip : clips) {
      System.arraycopy(clip.samples(), 0, samples, at, clip.samples().length);
      at += clip.samples().length;
    }
    return new Pcm(samples, clips.get(0).sampleRateHz());
  }

  /** A test resource as a file. */
  public static Path file(String resource) {
    URL url = Objects.requireNonNull(Clips.class.getClassLoader().getResource(resource), resource);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
