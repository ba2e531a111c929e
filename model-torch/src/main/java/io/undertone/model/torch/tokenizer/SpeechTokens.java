package io.undertone.model.torch.tokenizer;

/**
 * An utterance as discrete units.
 *
 * @param ids in time order, each in [0, codebookSize); the array must not be changed
 * @param frameRateHz tokens a second
 */
public record SpeechTokens(int[] ids, int frameRateHz) {}
