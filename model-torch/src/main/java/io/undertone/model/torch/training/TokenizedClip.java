package io.undertone.model.torch.training;

import io.undertone.model.Emotion;
import java.util.List;

/**
 * A clip as the language model reads it.
 *
 * @param takes the same clip's tokens as it was, and as it might have measured like; the first is
 *     the true one
 */
record TokenizedClip(String speaker, Emotion emotion, List<int[]> takes) {}
