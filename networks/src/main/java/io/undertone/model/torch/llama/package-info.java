/** A Llama decoder in the Hugging Face layout, and the adapters that change its projections. */
@NullMarked
package io.undertone.model.torch.llama;

import org.jspecify.annotations.NullMarked;
