/**
 * How well a model hears dialogues whose emotions are known, with and without what came before:
 * dialogues are heard ({@link DialogueHearing}), filtered ({@link SpeakerFilter}), and compared
 * ({@link Gain}).
 */
@NullMarked
package io.undertone.training.evaluation.dialogue;

import org.jspecify.annotations.NullMarked;
