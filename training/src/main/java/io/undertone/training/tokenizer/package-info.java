/**
 * Trains the speech tokenizer with its token classifier, and tokenizes the clips. {@link
 * io.undertone.training.tokenizer.TokenizerStage} is the stage, {@link
 * io.undertone.training.tokenizer.TokenizerTraining} its loss and loop, and {@link
 * io.undertone.training.tokenizer.CrossFit} repeats the stage without some of the speakers. {@link
 * io.undertone.training.tokenizer.ClipTokenizer} makes the {@link
 * io.undertone.training.tokenizer.TokenizedClips} that the next stages learn from.
 */
@NullMarked
package io.undertone.training.tokenizer;

import org.jspecify.annotations.NullMarked;
