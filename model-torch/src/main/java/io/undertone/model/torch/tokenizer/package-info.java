/**
 * Speech to tokens at 25 Hz: {@link io.undertone.model.torch.features.FrameFeatures} (100 Hz),
 * {@link io.undertone.model.torch.features.StackedFeatures} (25 Hz), encoder, quantizer.
 */
@NullMarked
package io.undertone.model.torch.tokenizer;

import org.jspecify.annotations.NullMarked;
