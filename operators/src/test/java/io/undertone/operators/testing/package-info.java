/** What the tests of all stages use. */
@NullMarked
package io.undertone.operators.testing;

import org.jspecify.annotations.NullMarked;
