/** The shape of a Llama decoder, and Hugging Face's {@code config.json}. */
@NullMarked
package io.undertone.model.torch.llama.config;

import org.jspecify.annotations.NullMarked;
