/** The command {@code chaos}. */
@NullMarked
package io.undertone.cli.chaos;

import org.jspecify.annotations.NullMarked;
