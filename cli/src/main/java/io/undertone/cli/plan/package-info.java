/** Tells what a number of calls needs. */
@NullMarked
package io.undertone.cli.plan;

import org.jspecify.annotations.NullMarked;
