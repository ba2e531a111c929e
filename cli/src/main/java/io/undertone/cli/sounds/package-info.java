/** {@code undertone sounds}: makes the sounds of calls without speech. */
@NullMarked
package io.undertone.cli.sounds;

import org.jspecify.annotations.NullMarked;
