package io.undertone.model.torch.encoder;

/**
 * Log-mel spectrum of an utterance, {@value LogMelSpectrum#FRAME_RATE_HZ} frames a second.
 *
 * @param values (frames, bands), row by row; owned by this object and must not be changed
 * @param frames may be 0 for an utterance that is too short
 * @param bands the same for all utterances of an encoder
 */
public record LogMel(float[] values, int frames, int bands) {}
