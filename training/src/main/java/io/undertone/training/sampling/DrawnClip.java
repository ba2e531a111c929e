package io.undertone.training.sampling;

import io.undertone.training.corpus.Clip;
import io.undertone.training.features.ClipVersion;

/** A clip in one of its versions. */
public record DrawnClip(Clip clip, ClipVersion version) {}
