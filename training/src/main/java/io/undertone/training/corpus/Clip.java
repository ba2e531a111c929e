package io.undertone.training.corpus;

import io.undertone.model.Emotion;
import java.util.Optional;

/**
 * One labelled recording.
 *
 * @param path below the root of the audio
 * @param corpus where it is from
 * @param speaker unique over all corpora
 * @param label the emotion's full name, of which there are more than a model tells apart
 * @param emotion one of the model's classes, if it is one
 * @param perceived what most listeners heard in the voice alone, if it is one of the model's
 *     classes and the corpus tells
 * @param split who may learn from it
 */
public record Clip(
    String path,
    String corpus,
    String speaker,
    String label,
    Optional<Emotion> emotion,
    Optional<Emotion> perceived,
    Split split) {}
