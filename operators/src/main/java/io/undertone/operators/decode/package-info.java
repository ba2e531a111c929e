/** Decodes and validates records; unusable ones become dead letters. */
@NullMarked
package io.undertone.operators.decode;

import org.jspecify.annotations.NullMarked;
