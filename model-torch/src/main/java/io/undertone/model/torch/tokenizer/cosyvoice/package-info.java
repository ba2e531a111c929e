/** The speech tokenizer of CosyVoice2, an ONNX model. */
@NullMarked
package io.undertone.model.torch.tokenizer.cosyvoice;

import org.jspecify.annotations.NullMarked;
