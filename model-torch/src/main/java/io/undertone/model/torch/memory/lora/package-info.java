/**
 * Dynamic Parameter Memory (arXiv 2507.09076): a temporary LoRA of the decoder that learns the
 * tokens of a call during the call.
 */
@NullMarked
package io.undertone.model.torch.memory.lora;

import org.jspecify.annotations.NullMarked;
