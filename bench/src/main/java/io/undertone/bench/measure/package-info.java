/** Time and processor time, and what to say of many of them. */
@NullMarked
package io.undertone.bench.measure;

import org.jspecify.annotations.NullMarked;
