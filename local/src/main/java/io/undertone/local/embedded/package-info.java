/** A Kafka broker and a Flink cluster inside the JVM, for the demo and for tests. */
@NullMarked
package io.undertone.local.embedded;

import org.jspecify.annotations.NullMarked;
