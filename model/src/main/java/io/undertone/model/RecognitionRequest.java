package io.undertone.model;

import io.undertone.audio.Pcm;

/**
 * An utterance and the memory of the call that it belongs to.
 *
 * @param utterance at {@link EmotionModel#sampleRateHz()}, at least one token long
 * @param memory learns the utterance
 */
public record RecognitionRequest(Pcm utterance, LoraMemory memory) {}
