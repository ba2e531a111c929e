/** Command {@code memories}: what a savepoint keeps of calls. */
@NullMarked
package io.undertone.cli.memories;

import org.jspecify.annotations.NullMarked;
