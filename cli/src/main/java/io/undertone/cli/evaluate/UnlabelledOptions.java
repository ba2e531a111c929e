package io.undertone.cli.evaluate;

import io.undertone.audio.vad.SileroVad;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.evaluation.unlabelled.AlarmThreshold;
import io.undertone.evaluation.unlabelled.UnlabelledRecording;
import io.undertone.training.leaveout.EverydayShares;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options that choose recordings without labels, and what raises an alarm in them. */
final class UnlabelledOptions {

  @Option(
      names = "--recordings",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Judge these recordings without labels (WAV or FLAC), each as one channel of a call; of a"
              + " file with several channels, the first one is used.")
  private List<Path> recordings = List.of();

  @Option(
      names = "--alarm-at",
      paramLabel = "P",
      description =
          "Probability of anger from which an utterance of --recordings raises an alarm (default:"
              + " ${DEFAULT-VALUE}).")
  private double alarmAt = EverydayShares.LEAST_ANGRY;

  boolean areGiven() {
    return !recordings.isEmpty();
  }

  /** The recordings, cut into utterances. */
  List<UnlabelledRecording> read() throws UserErrorException {
    Set<Path> seen = new LinkedHashSet<>();
    for (Path recording : recordings) {
      if (!seen.add(recording)) {
        throw new UserErrorException(
            "--recordings must name each file once, but names twice " + recording);
      }
    }
    List<UnlabelledRecording> read = new ArrayList<>();
    if (areGiven()) {
      try (SileroVad detector = SileroVad.open()) {
        seen.forEach(recording -> read.add(UnlabelledRecording.read(recording, detector)));
      }
    }
    return read;
  }

  AlarmThreshold threshold() throws UserErrorException {
    try {
      return new AlarmThreshold(alarmAt);
    } catch (IllegalArgumentException e) {
      throw new UserErrorException("--alarm-at: " + e.getMessage(), e);
    }
  }
}
