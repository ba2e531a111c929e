package io.undertone.model.torch.encoder;

/**
 * Log-mel spectrum of an utterance, {@value LogMelSpectrum#FRAME_RATE_HZ} frames per second.
 *
 * @param values (frames, bands) in row-major order; not copied, do not modify
 * @param frames 0 if the utterance is too short for a frame
 * @param bands number of mel bands
 */
public record LogMel(float[] values, int frames, int bands) {}
