package io.undertone.training.tokenizer;

import io.undertone.model.torch.tokenizer.UtteranceCues;

/**
 * A tokenized clip as recorded, or in a virtual voice of its speaker.
 *
 * @param codes speech tokens
 * @param cues voice measures, and log-probabilities of a classifier
 * @param target target probabilities, (labels)
 */
public record ClipVariant(int[] codes, UtteranceCues cues, float[] target) {}
