/** {@code undertone send}: plays a recording into Kafka. */
@NullMarked
package io.undertone.cli.send;

import org.jspecify.annotations.NullMarked;
