/** From records as read to validated chunks; what cannot be used becomes a dead letter. */
@NullMarked
package io.undertone.operators.decode;

import org.jspecify.annotations.NullMarked;
