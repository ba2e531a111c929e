/** Encryption at rest of what keyed state holds of a call's voice. */
@NullMarked
package io.undertone.operators.encryption;

import org.jspecify.annotations.NullMarked;
