/** The recognizer alone: batches, and long calls. */
@NullMarked
package io.undertone.bench.recognizer;

import org.jspecify.annotations.NullMarked;
