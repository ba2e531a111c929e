/** {@code undertone evaluate}: how well a model hears. */
@NullMarked
package io.undertone.cli.evaluate;

import org.jspecify.annotations.NullMarked;
