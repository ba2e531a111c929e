/** The command line: {@link io.undertone.cli.Undertone} and, in packages below, its commands. */
@NullMarked
package io.undertone.cli;

import org.jspecify.annotations.NullMarked;
