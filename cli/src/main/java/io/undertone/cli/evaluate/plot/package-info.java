/** Pictures of what was heard, as SVG. */
@NullMarked
package io.undertone.cli.evaluate.plot;

import org.jspecify.annotations.NullMarked;
