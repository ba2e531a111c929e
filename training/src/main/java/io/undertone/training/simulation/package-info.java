/**
 * Simulates dialogues from single clips. {@link io.undertone.training.simulation.EmotionDynamics}
 * gives the transition probabilities of the emotions; read it first. {@link
 * io.undertone.training.simulation.DialogueSampler} draws clips along them as {@link
 * io.undertone.training.simulation.SimulatedUtterance}s.
 */
@NullMarked
package io.undertone.training.simulation;

import org.jspecify.annotations.NullMarked;
