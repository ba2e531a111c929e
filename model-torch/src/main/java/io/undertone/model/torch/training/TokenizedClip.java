package io.undertone.model.torch.training;

import io.undertone.model.Emotion;
import java.util.List;
import java.util.Optional;

/**
 * A clip as the language model reads it.
 *
 * @param emotion one of the model's classes, if it is one
 * @param label among all labels of the corpora; the model's classes come first
 * @param takes the same clip's tokens as it was, and in {@link VirtualVoice}s of its speaker; the
 *     first is the true one
 */
record TokenizedClip(String speaker, Optional<Emotion> emotion, int label, List<int[]> takes) {}
