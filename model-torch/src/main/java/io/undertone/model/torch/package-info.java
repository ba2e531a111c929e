/**
 * The speech language model on PyTorch, the only home of ai.djl. {@link
 * io.undertone.model.torch.TorchEmotionModel} hears utterances; beneath it lie, in the order of the
 * data: {@code tokenizer} (audio to tokens), {@code llama} (tokens to logits), {@code dpm} (the
 * temporary LoRA that remembers a call), {@code device} (the thread that owns the device) and
 * {@code files} (weights and settings on disk). {@code encoder} is a pretrained speech encoder that
 * no bundled model uses yet.
 */
@NullMarked
package io.undertone.model.torch;

import org.jspecify.annotations.NullMarked;
