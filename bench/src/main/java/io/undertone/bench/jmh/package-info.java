/** Single operations under JMH. */
@NullMarked
package io.undertone.bench.jmh;

import org.jspecify.annotations.NullMarked;
