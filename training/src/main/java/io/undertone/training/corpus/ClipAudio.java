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
   * Reads and resamples a clip, or the part of a recording that it is.
   *
   * @throws CorpusException if the file cannot be read, or the part is not in it
   */
  public Pcm read(Clip clip) {
    Pcm recording = read(clip.path());
    try {
      return clip.part().map(part -> part.of(recording)).orElse(recording);
    } catch (IllegalArgumentException e) {
      throw new CorpusException(root.resolve(clip.path()) + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads and resamples a recording.
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
