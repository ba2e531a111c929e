package io.undertone.training.corpus;

import io.undertone.audio.Pcm;
import io.undertone.audio.file.AudioFileException;
import io.undertone.audio.file.AudioFiles;
import io.undertone.audio.resample.Resampler;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads clips at one sample rate. A recording of several channels, such as both sides of a call, is
 * refused: a label belongs to one of them. Of speech without a label, the first channel is used, as
 * {@link EverydayManifest} does.
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
    Pcm recording =
        clip.weak().isPresent() ? resampled(channels(clip.path()).get(0)) : read(clip.path());
    try {
      return clip.part().map(part -> part.of(recording)).orElse(recording);
    } catch (IllegalArgumentException e) {
      throw new CorpusException(root.resolve(clip.path()) + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads and resamples a recording.
   *
   * @throws CorpusException if the file cannot be read, or has more than one channel
   */
  public Pcm read(String path) {
    List<Pcm> channels = channels(path);
    if (channels.size() != 1) {
      throw new CorpusException(
          "%s must have 1 channel, the labelled voice alone, but has %d"
              .formatted(root.resolve(path), channels.size()));
    }
    return resampled(channels.get(0));
  }

  private Pcm resampled(Pcm recording) {
    return Resampler.resample(recording, sampleRateHz);
  }

  private List<Pcm> channels(String path) {
    try {
      return AudioFiles.read(root.resolve(path));
    } catch (AudioFileException e) {
      throw new CorpusException(String.valueOf(e.getMessage()), e);
    }
  }
}
