package io.undertone.cli.terminal;

import io.undertone.training.corpus.ManifestClips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose labelled clips. */
public final class ManifestOptions {

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description = "The clips. May be given several times.")
  private List<Path> manifests = List.of();

  @Option(
      names = "--audio",
      paramLabel = "DIR",
      description =
          "Root of the paths of clips, WAV or FLAC (default: the folder of each manifest).")
  private @Nullable Path audio;

  @Option(
      names = "--corpora",
      split = ",",
      paramLabel = "NAME",
      description = "Use these corpora only (default: all).")
  private Set<String> corpora = Set.of();

  /** Whether there is a manifest. */
  public boolean areGiven() {
    return !manifests.isEmpty();
  }

  /** Root of the paths in all manifests; empty for the folder of each. */
  public Optional<Path> audio() {
    return Optional.ofNullable(audio);
  }

  /** Names of the corpora to use; empty for all. */
  public Set<String> corpora() {
    return corpora;
  }

  /** The manifests, at least one, all of them readable. */
  public List<Path> required() throws UserErrorException {
    if (manifests.isEmpty()) {
      throw new UserErrorException("Missing required option: '--manifest=FILE'");
    }
    for (Path manifest : manifests) {
      if (!Files.isReadable(manifest)) {
        throw new UserErrorException(
            "cannot read manifest " + manifest + ": it is missing or not readable");
      }
    }
    return manifests;
  }

  /**
   * The clips of the manifests.
   *
   * @throws io.undertone.training.corpus.CorpusException if a manifest is invalid
   */
  public ManifestClips clips() throws IOException, UserErrorException {
    return ManifestClips.read(required(), audio(), corpora);
  }
}
