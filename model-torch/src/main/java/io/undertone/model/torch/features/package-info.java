/**
 * The features of an utterance that the tokenizer reads: rows at 25 Hz and statistics of the whole
 * utterance. {@link io.undertone.model.torch.features.WhisperFeatures} takes them from layers of
 * Whisper's encoder. {@link io.undertone.model.torch.features.AcousticFeatures}, the input of older
 * models, computes them from mel bands and pitch: {@link
 * io.undertone.model.torch.features.FrameFeatures} (100 Hz), {@link
 * io.undertone.model.torch.features.StackedFeatures} (25 Hz), {@link
 * io.undertone.model.torch.features.VoiceMeasures} (one vector).
 */
@NullMarked
package io.undertone.model.torch.features;

import org.jspecify.annotations.NullMarked;
