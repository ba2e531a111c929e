/** Pictures of results. */
@NullMarked
package io.undertone.cli.plot;

import org.jspecify.annotations.NullMarked;
