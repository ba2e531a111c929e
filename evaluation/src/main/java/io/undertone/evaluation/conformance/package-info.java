/**
 * Compares this implementation with the reference libraries. {@link
 * io.undertone.evaluation.conformance.ModelConformance} compares logits and memory updates of a
 * Llama model, {@link io.undertone.evaluation.conformance.LogitConformance} the logits of a model's
 * folder, {@link io.undertone.evaluation.conformance.EncoderConformance} spectra and layers of a
 * Whisper encoder. All report the largest {@link io.undertone.evaluation.conformance.Deviation};
 * read them in this order.
 */
@NullMarked
package io.undertone.evaluation.conformance;

import org.jspecify.annotations.NullMarked;
