/**
 * Trains what all speaker memories share, with the decoder frozen. {@link
 * io.undertone.training.memory.MemoryTraining} is the stage; read it first. {@link
 * io.undertone.training.memory.VoiceFit} fits the voice model in closed form; {@link
 * io.undertone.training.memory.DialogueStateReader} runs simulated dialogues through the decoder,
 * and {@link io.undertone.training.memory.EmotionHeadTraining} and {@link
 * io.undertone.training.memory.HeadAdapterTraining} learn from its states.
 */
@NullMarked
package io.undertone.training.memory;

import org.jspecify.annotations.NullMarked;
