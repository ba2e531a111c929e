/**
 * Decodes audio and splits it into utterances. Depends on neither Flink nor a deep learning
 * framework.
 */
@NullMarked
package io.undertone.audio;

import org.jspecify.annotations.NullMarked;
