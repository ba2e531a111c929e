/** {@code undertone train}: trains a model on labelled clips. */
@NullMarked
package io.undertone.cli.train;

import org.jspecify.annotations.NullMarked;
