/**
 * Whisper's encoder, frozen: an utterance becomes a log-mel spectrum, and that the outputs of some
 * layers, 50 a second. In the order of the data: {@code LogMelSpectrum}, {@code WhisperEncoder},
 * and within it {@code Convolutions} and {@code EncoderLayer}. Weights in Hugging Face's layout.
 */
@NullMarked
package io.undertone.model.torch.encoder;

import org.jspecify.annotations.NullMarked;
