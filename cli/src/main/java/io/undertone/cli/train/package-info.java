/** {@code undertone train}: makes a model from labelled clips. */
@NullMarked
package io.undertone.cli.train;

import org.jspecify.annotations.NullMarked;
