/**
 * Trains the decoder, the speech language model, on simulated dialogues. {@link
 * io.undertone.training.decoder.TrainingSequence} is a dialogue as token ids with targets, {@link
 * io.undertone.training.decoder.DecoderLoss} the loss of a batch, {@link
 * io.undertone.training.decoder.DecoderTraining} the loop. Read them in this order.
 */
@NullMarked
package io.undertone.training.decoder;

import org.jspecify.annotations.NullMarked;
