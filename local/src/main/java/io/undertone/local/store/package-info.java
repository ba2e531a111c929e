/** A store of checkpoints on the local disk that can be away, slow and full. */
@NullMarked
package io.undertone.local.store;

import org.jspecify.annotations.NullMarked;
