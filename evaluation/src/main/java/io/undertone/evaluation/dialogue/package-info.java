/**
 * Estimates the turns of labelled dialogues, with and without what came before. {@link
 * io.undertone.evaluation.dialogue.DialogueModel} opens a model and gives the estimates under each
 * of the {@link io.undertone.evaluation.dialogue.Conditions}; start there. {@link
 * io.undertone.evaluation.dialogue.DialogueRunner} runs dialogues in batches, each as a {@link
 * io.undertone.evaluation.dialogue.DialogueCall} with the call driver of a job, and a {@link
 * io.undertone.evaluation.dialogue.TurnRecognizer} decides what memories learn.
 */
@NullMarked
package io.undertone.evaluation.dialogue;

import org.jspecify.annotations.NullMarked;
