/** What all commands share: where things lie, how failures are told, how results look. */
@NullMarked
package io.undertone.cli.terminal;

import org.jspecify.annotations.NullMarked;
