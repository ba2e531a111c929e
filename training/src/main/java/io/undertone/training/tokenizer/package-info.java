/**
 * Trains the speech tokenizer and its token classifier, and tokenizes the clips with them. {@link
 * io.undertone.training.tokenizer.TokenizerTraining} has the loss, {@link
 * io.undertone.training.tokenizer.HearingTraining} the stage around it, and {@link
 * io.undertone.training.tokenizer.CrossFit} runs the stage on halves of the speakers. {@link
 * io.undertone.training.tokenizer.TokenizedClips} is the result that the next stages learn from.
 */
@NullMarked
package io.undertone.training.tokenizer;

import org.jspecify.annotations.NullMarked;
