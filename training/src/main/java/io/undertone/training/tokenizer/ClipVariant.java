package io.undertone.training.tokenizer;

import io.undertone.model.torch.tokenizer.UtteranceCues;

/**
 * A tokenized clip in one of its versions.
 *
 * @param codes speech tokens
 * @param cues values of the voice, and log-probabilities of a classifier
 * @param target target probabilities, (labels)
 */
public record ClipVariant(int[] codes, UtteranceCues cues, float[] target) {}
