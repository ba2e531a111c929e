/** {@code undertone demo}: Kafka, Flink and the bundled calls in one process. */
@NullMarked
package io.undertone.cli.demo;

import org.jspecify.annotations.NullMarked;
