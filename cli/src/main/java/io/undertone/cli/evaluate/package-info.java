/** {@code undertone evaluate}: scores a model on clips, dialogues and recordings. */
@NullMarked
package io.undertone.cli.evaluate;

import org.jspecify.annotations.NullMarked;
