/** Measures how fast this machine is. */
@NullMarked
package io.undertone.cli.bench;

import org.jspecify.annotations.NullMarked;
