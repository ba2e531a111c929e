/** Whether this implementation computes what the reference libraries compute. */
@NullMarked
package io.undertone.model.torch.conformance;

import org.jspecify.annotations.NullMarked;
