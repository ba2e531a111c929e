package io.undertone.training.tokenizer;

import io.undertone.model.torch.tokenizer.Delivery;
import io.undertone.training.features.VirtualVoice;

/**
 * A clip as it was said, or in a {@link VirtualVoice} of its speaker.
 *
 * @param codes its speech tokens
 * @param delivery how it is said
 * @param wanted how likely each label is to be heard in it; sums to 1
 */
public record Take(int[] codes, Delivery delivery, float[] wanted) {}
