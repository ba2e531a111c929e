/** The recognizer alone: batch sizes, and the cost of long calls. */
@NullMarked
package io.undertone.bench.recognizer;

import org.jspecify.annotations.NullMarked;
