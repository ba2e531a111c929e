/** Shared by all commands: paths, error messages and the format of results. */
@NullMarked
package io.undertone.cli.terminal;

import org.jspecify.annotations.NullMarked;
