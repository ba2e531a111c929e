/** Labelled recordings: the manifest that lists them, their audio, who may learn from them. */
@NullMarked
package io.undertone.training.corpus;

import org.jspecify.annotations.NullMarked;
