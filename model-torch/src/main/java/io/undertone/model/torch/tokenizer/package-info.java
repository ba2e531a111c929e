/**
 * Speech to tokens at 25 Hz: a {@link io.undertone.model.torch.features.FeatureExtractor}, then
 * {@link io.undertone.model.torch.tokenizer.TokenNetwork} (encoder and quantizer). A model with
 * voice cues adds a classifier: {@link io.undertone.model.torch.tokenizer.UtteranceClassifier}.
 */
@NullMarked
package io.undertone.model.torch.tokenizer;

import org.jspecify.annotations.NullMarked;
