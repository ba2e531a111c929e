/** Where the time of utterances goes, as spans that Flink's trace reporters send. */
@NullMarked
package io.undertone.operators.trace;

import org.jspecify.annotations.NullMarked;
