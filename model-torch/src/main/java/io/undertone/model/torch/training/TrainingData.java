package io.undertone.model.torch.training;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What to learn from.
 *
 * @param manifest see {@link io.undertone.model.torch.corpus.Manifest}
 * @param audio root of the paths in the manifest
 * @param corpora which to take; empty for all
 * @param dynamics how emotion moves in dialogues, see {@link EmotionDynamics}; empty for a plain
 *     guess
 */
public record TrainingData(
    Path manifest, Path audio, Set<String> corpora, Optional<Path> dynamics) {}
