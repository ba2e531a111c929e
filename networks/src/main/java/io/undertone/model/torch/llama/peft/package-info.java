/** Adapters in the files of Hugging Face's peft. */
@NullMarked
package io.undertone.model.torch.llama.peft;

import org.jspecify.annotations.NullMarked;
