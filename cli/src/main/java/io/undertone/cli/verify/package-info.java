/** Measurements against fixtures and marks. */
@NullMarked
package io.undertone.cli.verify;

import org.jspecify.annotations.NullMarked;
