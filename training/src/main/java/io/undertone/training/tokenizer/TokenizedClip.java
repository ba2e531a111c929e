package io.undertone.training.tokenizer;

import io.undertone.model.Emotion;
import java.util.List;
import java.util.Optional;

/**
 * A clip as tokens.
 *
 * @param speaker unique across corpora
 * @param emotion the label as one of the model's classes, if it is one
 * @param variants the first is the clip as recorded; the others are its other versions, in the same
 *     order for all clips
 */
public record TokenizedClip(String speaker, Optional<Emotion> emotion, List<ClipVariant> variants) {

  public TokenizedClip {
    variants = List.copyOf(variants);
  }

  /** The clip as recorded. */
  public ClipVariant recorded() {
    return variants.get(0);
  }
}
