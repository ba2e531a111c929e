/** Checks against fixtures and labels. */
@NullMarked
package io.undertone.cli.verify;

import org.jspecify.annotations.NullMarked;
