package io.undertone.model.torch.training;

/**
 * A clip as it was said, or in a {@link VirtualVoice} of its speaker.
 *
 * @param codes its speech tokens
 * @param voice how it is said, as the tokenizer measures it, or no values
 * @param wanted how likely each label is to be heard in it; sums to 1
 */
record Take(int[] codes, float[] voice, float[] wanted) {}
