package io.undertone.training.recipe;

import io.undertone.training.TrainingException;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.ManifestClips;
import io.undertone.training.corpus.Split;
import io.undertone.training.sampling.CompleteSpeakers;
import io.undertone.training.simulation.EmotionDynamics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * The labelled clips that a model is trained on, and how dialogues of them go.
 *
 * @param manifests see {@link ManifestClips}
 * @param audio directory that the manifests' paths are relative to; empty for the directory of each
 *     manifest
 * @param corpora names of the corpora to use; empty for all
 * @param dynamics file of the {@link EmotionDynamics} of dialogues; empty for {@link
 *     EmotionDynamics#persistent}
 */
public record ClipSource(
    List<Path> manifests, Optional<Path> audio, Set<String> corpora, Optional<Path> dynamics) {

  private static final int FEWEST_SPEAKERS = 2;

  public ClipSource {
    manifests = List.copyOf(manifests);
  }

  /**
   * All clips.
   *
   * @throws CorpusException if a manifest is invalid
   */
  public ManifestClips clips() throws IOException {
    return ManifestClips.read(manifests, audio, corpora);
  }

  /**
   * Checks that a model can be trained on clips.
   *
   * @throws TrainingException unless there are two training speakers, one of them with clips of
   *     every emotion
   */
  public void requireTrainable(List<Clip> clips) {
    List<Clip> train =
        clips.stream()
            .filter(clip -> clip.split() == Split.TRAIN && clip.weak().isEmpty())
            .toList();
    long speakers = train.stream().map(Clip::speaker).distinct().count();
    if (speakers < FEWEST_SPEAKERS) {
      throw new TrainingException(
          "%s: training speakers must be at least %d, but are %d"
              .formatted(manifests, FEWEST_SPEAKERS, speakers));
    }
    if (CompleteSpeakers.of(train, Clip::speaker, Clip::emotion).isEmpty()) {
      throw new TrainingException(
          manifests + ": no training speaker has clips of all four emotions");
    }
  }

  /** Reads the dynamics. */
  public EmotionDynamics emotionDynamics() throws IOException {
    return dynamics.isPresent()
        ? EmotionDynamics.read(dynamics.get())
        : EmotionDynamics.persistent();
  }

  /**
   * Identifies manifests and dynamics by their content, wherever they are; recordings are not
   * included.
   */
  public Map<String, String> identity() throws IOException {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("content of the manifests", checksum(manifests));
    identity.put("corpora", corpora.isEmpty() ? "all" : new TreeSet<>(corpora).toString());
    identity.put(
        "content of the dynamics",
        dynamics.isPresent() ? checksum(List.of(dynamics.get())) : "none");
    return identity;
  }

  private static String checksum(List<Path> files) throws IOException {
    CRC32 content = new CRC32();
    for (Path file : files) {
      content.update(Files.readAllBytes(file));
    }
    return "%08x".formatted(content.getValue());
  }
}
