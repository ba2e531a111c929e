/** How well voice activity is found, measured on marked audio. */
@NullMarked
package io.undertone.audio.evaluation;

import org.jspecify.annotations.NullMarked;
