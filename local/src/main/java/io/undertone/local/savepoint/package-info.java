/** Savepoints as files: what they hold of calls, and copies without a call. */
@NullMarked
package io.undertone.local.savepoint;

import org.jspecify.annotations.NullMarked;
