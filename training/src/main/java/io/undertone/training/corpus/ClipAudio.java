package io.undertone.training.corpus;

import io.undertone.audio.Pcm;
import io.undertone.audio.file.AudioFileException;
import io.undertone.audio.file.AudioFiles;
import io.undertone.audio.resample.Resampler;
import java.nio.file.Path;

/**
 * The recordings of a corpus at one sample rate; of several channels the first.
 *
 * @param root of the paths of the clips
 */
public record ClipAudio(Path root, int sampleRateHz) {

  /**
   * The clip at a path below the root.
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
