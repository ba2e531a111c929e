package io.undertone.cli.evaluate;

import io.undertone.cli.terminal.UserErrorException;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Manifest;
import io.undertone.training.corpus.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose the clips to evaluate. */
final class ClipOptions {

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description = "Evaluate the clips of this manifest one by one.")
  private @Nullable Path manifest;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "Evaluate this split: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Split split = Split.TEST;

  @Option(
      names = "--corpora",
      split = ",",
      paramLabel = "NAME",
      description = "Evaluate these corpora only (default: all).")
  private Set<String> corpora = Set.of();

  boolean areGiven() {
    return manifest != null;
  }

  /** The clips, at least one; none without a manifest. */
  List<Clip> read() throws IOException, UserErrorException {
    if (manifest == null) {
      return List.of();
    }
    if (!Files.isReadable(manifest)) {
      throw new UserErrorException(
          "cannot read manifest " + manifest + ": it is missing or not readable");
    }
    List<Clip> clips =
        Manifest.read(manifest, corpora).stream().filter(clip -> clip.split() == split).toList();
    if (clips.isEmpty()) {
      throw new UserErrorException(manifest + " has no clips of split " + split);
    }
    return clips;
  }
}
