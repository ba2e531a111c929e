/**
 * Whisper's encoder with frozen weights, in Hugging Face's layout. {@code LogMelSpectrum} computes
 * an utterance's spectrum; {@code WhisperEncoder} applies {@code Convolutions} and {@code
 * EncoderLayer}s to it, and returns the outputs of selected layers at 50 Hz.
 */
@NullMarked
package io.undertone.model.torch.encoder;

import org.jspecify.annotations.NullMarked;
