/** {@code undertone evaluate}: scores a model on labelled clips and dialogues. */
@NullMarked
package io.undertone.cli.evaluate;

import org.jspecify.annotations.NullMarked;
