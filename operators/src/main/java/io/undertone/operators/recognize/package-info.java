/** From utterances to estimates. Keyed state holds each channel's memory and last estimate. */
@NullMarked
package io.undertone.operators.recognize;

import org.jspecify.annotations.NullMarked;
