/** Helpers for the tests of all stages. */
@NullMarked
package io.undertone.operators.testing;

import org.jspecify.annotations.NullMarked;
