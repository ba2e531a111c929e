/** {@code undertone everyday}: makes a manifest of everyday speech from recordings. */
@NullMarked
package io.undertone.cli.everyday;

import org.jspecify.annotations.NullMarked;
