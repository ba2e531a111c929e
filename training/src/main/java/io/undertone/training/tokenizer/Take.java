package io.undertone.training.tokenizer;

import io.undertone.model.torch.tokenizer.UtteranceCues;
import io.undertone.training.features.VirtualVoice;

/**
 * A clip as it was said, or in a {@link VirtualVoice} of its speaker.
 *
 * @param codes its speech tokens
 * @param cues measured beside the codes
 * @param wanted how likely each label is to be heard in it; sums to 1
 */
public record Take(int[] codes, UtteranceCues cues, float[] wanted) {}
