/**
 * Trains the decoder, the speech language model, on simulated dialogues. {@link
 * io.undertone.training.decoder.TrainingSequence} turns a dialogue into token ids and targets, and
 * {@link io.undertone.training.decoder.SllmTraining} has the loss and the loop. Read them in this
 * order.
 */
@NullMarked
package io.undertone.training.decoder;

import org.jspecify.annotations.NullMarked;
