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
 * What to learn from.
 *
 * @param manifest see {@link io.undertone.training.corpus.Manifest}
 * @param audio root of the paths in the manifest
 * @param corpora which to take; empty for all
 * @param dynamics how emotion moves in dialogues, see {@link EmotionDynamics}; empty for a plain
 *     guess
 */
public record TrainingData(
    Path manifest, Path audio, Set<String> corpora, Optional<Path> dynamics) {

  private static final int FEWEST_SPEAKERS = 2;

  /**
   * All clips.
   *
   * @throws CorpusException if the manifest cannot be read
   * @throws TrainingException if they cannot serve
   */
  List<Clip> clips() throws IOException {
    List<Clip> clips = Manifest.read(manifest, corpora);
    requireServing(clips);
    return clips;
  }

  /**
   * Makes sure that something can be learned from clips.
   *
   * @throws TrainingException unless there are two speakers to learn from, one of them with clips
   *     of every emotion
   */
  void requireServing(List<Clip> clips) {
    Map<String, Set<Emotion>> bySpeaker =
        clips.stream()
            .filter(clip -> clip.split() == Split.TRAIN)
            .collect(
                Collectors.groupingBy(
                    Clip::speaker,
                    Collectors.flatMapping(clip -> clip.emotion().stream(), Collectors.toSet())));
    if (bySpeaker.size() < FEWEST_SPEAKERS) {
      throw new TrainingException(
          "%s: speakers to learn from must be at least %d, but are %d"
              .formatted(manifest, FEWEST_SPEAKERS, bySpeaker.size()));
    }
    if (bySpeaker.values().stream().mapToInt(Collection::size).max().orElse(0)
        < Emotion.values().length) {
      throw new TrainingException(
          manifest
              + ": a speaker to learn from must have clips of all four emotions, but none has");
    }
  }

  /** How emotion moves. */
  EmotionDynamics emotionDynamics() throws IOException {
    return dynamics.isPresent() ? EmotionDynamics.read(dynamics.get()) : EmotionDynamics.sluggish();
  }

  /** Tells this data from other, and from files that were changed since; not from other audio. */
  String fingerprint() throws IOException {
    CRC32 content = new CRC32();
    content.update(Files.readAllBytes(manifest));
    if (dynamics.isPresent()) {
      content.update(Files.readAllBytes(dynamics.get()));
    }
    return "%s, content %08x".formatted(this, content.getValue());
  }
}
