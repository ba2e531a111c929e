/** {@code undertone redrive}: shows dead letters, and sends their records again. */
@NullMarked
package io.undertone.cli.redrive;

import org.jspecify.annotations.NullMarked;
