/**
 * Simulates dialogues from single clips. {@link io.undertone.training.simulation.EmotionDynamics}
 * gives the transition probabilities of emotions; read it first. {@link
 * io.undertone.training.simulation.DialogueSampler} draws clips along them.
 */
@NullMarked
package io.undertone.training.simulation;

import org.jspecify.annotations.NullMarked;
