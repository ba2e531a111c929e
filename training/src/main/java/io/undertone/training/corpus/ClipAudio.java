package io.undertone.training.corpus;

import io.undertone.audio.Pcm;
import io.undertone.audio.file.AudioFileException;
import io.undertone.audio.file.AudioFiles;
import io.undertone.audio.resample.Resampler;
import java.nio.file.Path;

/**
 * Reads clips at one sample rate; of a multichannel file, the first channel.
 *
 * @param root directory that clip paths are relative to
 */
public record ClipAudio(Path root, int sampleRateHz) {

  /**
   * Reads and resamples a clip.
   *
   * @throws CorpusException if the file cannot be read
   */
  public Pcm read(String path) {
    try {
      return Resampler.resample(AudioFiles.read(root.resolve(path)).get(0), sampleRateHz);
    } catch (AudioFileException e) {
      throw new CorpusException(String.valueOf(e.getMessage()), e);
    }
  }
}
