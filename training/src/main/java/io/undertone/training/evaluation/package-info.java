/** How well a model hears recordings whose emotion is known. */
@NullMarked
package io.undertone.training.evaluation;

import org.jspecify.annotations.NullMarked;
