package io.undertone.training;

import io.undertone.model.torch.tokenizer.Delivery;

/**
 * A clip as it was said, or in a {@link VirtualVoice} of its speaker.
 *
 * @param codes its speech tokens
 * @param delivery how it is said
 * @param wanted how likely each label is to be heard in it; sums to 1
 */
record Take(int[] codes, Delivery delivery, float[] wanted) {}
