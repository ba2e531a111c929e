/**
 * The speech language model on PyTorch. {@link io.undertone.model.torch.TorchEmotionModel}
 * recognizes utterances. Packages in the order of the data: {@code features} (audio to features),
 * {@code tokenizer} (features to tokens) and {@code memory} (tokens and cues to estimates, with the
 * conversation's memory). Module networks holds what they build on: {@code encoder} (Whisper's),
 * {@code llama} (the decoder), {@code device} (the thread that owns the device) and {@code files}
 * (weights and settings on disk).
 */
@NullMarked
package io.undertone.model.torch;

import org.jspecify.annotations.NullMarked;
