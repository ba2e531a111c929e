/** From bytes to utterances. Knows neither Flink nor a deep learning framework. */
@NullMarked
package io.undertone.audio;

import org.jspecify.annotations.NullMarked;
