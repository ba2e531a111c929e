/** Plots of the results of dialogues, as SVG. */
@NullMarked
package io.undertone.cli.evaluate.plot;

import org.jspecify.annotations.NullMarked;
