/**
 * Trains what all speaker memories share, with the decoder frozen. {@link
 * io.undertone.training.memory.VoiceFit} fits the voice model in closed form; {@link
 * io.undertone.training.memory.DialogueListening} runs simulated dialogues through the decoder, and
 * {@link io.undertone.training.memory.EmotionHeadTraining} and {@link
 * io.undertone.training.memory.ForesightTraining} learn from its states. Read them in this order.
 */
@NullMarked
package io.undertone.training.memory;

import org.jspecify.annotations.NullMarked;
