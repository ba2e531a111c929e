/**
 * Acoustic features of speech: {@link io.undertone.model.torch.features.FrameFeatures} (100 per
 * second), {@link io.undertone.model.torch.features.StackedFeatures} (25 per second, the
 * tokenizer's input) and {@link io.undertone.model.torch.features.VoiceMeasures} (one vector per
 * utterance).
 */
@NullMarked
package io.undertone.model.torch.features;

import org.jspecify.annotations.NullMarked;
