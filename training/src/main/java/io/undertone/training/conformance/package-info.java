/** Whether this implementation computes what the reference libraries compute. */
@NullMarked
package io.undertone.training.conformance;

import org.jspecify.annotations.NullMarked;
