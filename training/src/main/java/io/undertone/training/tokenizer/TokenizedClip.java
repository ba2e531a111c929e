package io.undertone.training.tokenizer;

import io.undertone.model.Emotion;
import java.util.List;
import java.util.Optional;

/**
 * A clip as the language model reads it.
 *
 * @param emotion one of the model's classes, if it is one
 * @param takes the first is the clip as it was
 */
public record TokenizedClip(String speaker, Optional<Emotion> emotion, List<Take> takes) {}
