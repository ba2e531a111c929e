/** Recordings into any Kafka. */
@NullMarked
package io.undertone.cli.send;

import org.jspecify.annotations.NullMarked;
