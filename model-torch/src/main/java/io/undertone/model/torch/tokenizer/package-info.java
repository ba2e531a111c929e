/** From an utterance to speech tokens. */
@NullMarked
package io.undertone.model.torch.tokenizer;

import org.jspecify.annotations.NullMarked;
