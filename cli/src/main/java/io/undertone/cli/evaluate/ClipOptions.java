package io.undertone.cli.evaluate;

import io.undertone.cli.terminal.ManifestOptions;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.ManifestClips;
import io.undertone.training.corpus.Split;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that chooses the clips to evaluate from those of {@link ManifestOptions}. */
final class ClipOptions {

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "Evaluate this split: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Split split = Split.TEST;

  /** The clips of the split, at least one. */
  List<Clip> of(ManifestClips manifest) throws UserErrorException {
    List<Clip> clips = manifest.clips().stream().filter(clip -> clip.split() == split).toList();
    if (clips.isEmpty()) {
      throw new UserErrorException("the manifest has no clips of split " + split);
    }
    return clips;
  }
}
