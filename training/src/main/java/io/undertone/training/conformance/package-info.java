/**
 * Compares this implementation with the reference libraries. {@link
 * io.undertone.training.conformance.ModelConformance} compares logits and memory updates of a Llama
 * model, {@link io.undertone.training.conformance.EncoderConformance} spectra and layers of a
 * Whisper encoder. Both report the largest {@link io.undertone.training.conformance.Deviation};
 * read them in this order.
 */
@NullMarked
package io.undertone.training.conformance;

import org.jspecify.annotations.NullMarked;
