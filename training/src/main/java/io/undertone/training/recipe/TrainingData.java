package io.undertone.training.recipe;

import io.undertone.model.Emotion;
import io.undertone.training.TrainingException;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.Manifest;
import io.undertone.training.corpus.Split;
import io.undertone.training.simulation.EmotionDynamics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * What a model is trained on.
 *
 * @param manifest see {@link Manifest}
 * @param audio directory that the manifest's paths are relative to
 * @param corpora names of the corpora to use; empty for all
 * @param dynamics file of the {@link EmotionDynamics} of dialogues; empty for {@link
 *     EmotionDynamics#persistent}
 */
public record TrainingData(
    Path manifest, Path audio, Set<String> corpora, Optional<Path> dynamics) {

  private static final int FEWEST_SPEAKERS = 2;

  /**
   * All clips.
   *
   * @throws CorpusException if the manifest is invalid
   * @throws TrainingException if {@link #requireTrainable} does
   */
  List<Clip> clips() throws IOException {
    List<Clip> clips = Manifest.read(manifest, corpora);
    requireTrainable(clips);
    return clips;
  }

  /**
   * Checks that a model can be trained on clips.
   *
   * @throws TrainingException unless there are two training speakers, one of them with clips of
   *     every emotion
   */
  void requireTrainable(List<Clip> clips) {
    Map<String, Set<Emotion>> bySpeaker =
        clips.stream()
            .filter(clip -> clip.split() == Split.TRAIN)
            .collect(
                Collectors.groupingBy(
                    Clip::speaker,
                    Collectors.flatMapping(clip -> clip.emotion().stream(), Collectors.toSet())));
    if (bySpeaker.size() < FEWEST_SPEAKERS) {
      throw new TrainingException(
          "%s: training speakers must be at least %d, but are %d"
              .formatted(manifest, FEWEST_SPEAKERS, bySpeaker.size()));
    }
    if (bySpeaker.values().stream().mapToInt(Collection::size).max().orElse(0)
        < Emotion.values().length) {
      throw new TrainingException(
          manifest + ": no training speaker has clips of all four emotions");
    }
  }

  /** Reads the dynamics. */
  EmotionDynamics emotionDynamics() throws IOException {
    return dynamics.isPresent()
        ? EmotionDynamics.read(dynamics.get())
        : EmotionDynamics.persistent();
  }

  /** Identifies manifest and dynamics by their content; audio files are not included. */
  String fingerprint() throws IOException {
    CRC32 content = new CRC32();
    content.update(Files.readAllBytes(manifest));
    if (dynamics.isPresent()) {
      content.update(Files.readAllBytes(dynamics.get()));
    }
    return "%s, content %08x".formatted(this, content.getValue());
  }
}
