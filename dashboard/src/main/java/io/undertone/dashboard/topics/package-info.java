/** Follows Kafka's topics, and writes what people say. */
@NullMarked
package io.undertone.dashboard.topics;

import org.jspecify.annotations.NullMarked;
