package io.undertone.cli.everyday;

import io.undertone.audio.vad.SileroVad;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.EverydayManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a manifest of everyday speech from recordings. */
@Command(
    name = "everyday",
    description = {
      "Writes a manifest of the utterances in recordings of everyday speech, which 'undertone"
          + " train' learns as mostly neutral. The segmenter of the job cuts them.",
      "Every third recording, in the order of their names, is held out as dev: training and"
          + " 'undertone leave-one-out' judge on it."
    })
public final class EverydayCommand implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      paramLabel = "RECORDING",
      description =
          "WAV or FLAC files, each of one speaker or of several; of a file with several"
              + " channels, the first one is used.")
  private List<Path> recordings = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The manifest. Paths in it are relative to its folder.")
  private Path out = Path.of("");

  @Option(
      names = "--corpus",
      paramLabel = "NAME",
      description = "Name of the corpus (default: ${DEFAULT-VALUE}).")
  private String corpus = "everyday";

  @Override
  public Integer call() throws IOException, UserErrorException {
    try (SileroVad detector = SileroVad.open()) {
      new EverydayManifest(corpus, detector).write(recordings, out);
      return 0;
    } catch (CorpusException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
  }
}
