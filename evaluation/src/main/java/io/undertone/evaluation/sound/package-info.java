/**
 * Sounds of telephone calls without speech, to count false alarms on. {@link
 * io.undertone.evaluation.sound.CallSound} lists them; start there.
 */
@NullMarked
package io.undertone.evaluation.sound;

import org.jspecify.annotations.NullMarked;
