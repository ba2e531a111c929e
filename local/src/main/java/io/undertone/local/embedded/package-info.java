/** A Kafka broker and a Flink cluster in this JVM, for the commands, benchmarks and tests. */
@NullMarked
package io.undertone.local.embedded;

import org.jspecify.annotations.NullMarked;
