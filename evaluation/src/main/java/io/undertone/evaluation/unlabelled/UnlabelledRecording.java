package io.undertone.evaluation.unlabelled;

import io.undertone.audio.Pcm;
import io.undertone.audio.Utterance;
import io.undertone.audio.file.AudioFileException;
import io.undertone.audio.file.AudioFiles;
import io.undertone.audio.segment.ChannelSegmenter;
import io.undertone.audio.vad.VoiceActivityDetector;
import io.undertone.training.corpus.CorpusException;
import java.nio.file.Path;
import java.util.List;

/**
 * One channel of a call without labels.
 *
 * @param file as the user named it
 * @param durationMs of the recording, with its pauses
 * @param utterances as the job cuts them
 */
public record UnlabelledRecording(Path file, long durationMs, List<Utterance> utterances) {

  public UnlabelledRecording {
    utterances = List.copyOf(utterances);
  }

  /**
   * Reads a recording and cuts it into utterances.
   *
   * @param file WAV or FLAC of any rate, of which the first channel is used
   * @throws CorpusException if the file cannot be read
   */
  public static UnlabelledRecording read(Path file, VoiceActivityDetector detector) {
    try {
      Pcm channel = AudioFiles.read(file).get(0);
      return new UnlabelledRecording(
          file, channel.durationMs(), ChannelSegmenter.utterances(channel, detector));
    } catch (AudioFileException e) {
      throw new CorpusException(String.valueOf(e.getMessage()), e);
    }
  }
}
