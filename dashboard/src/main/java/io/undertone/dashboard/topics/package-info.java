/** Follows Kafka's topics, and writes feedback. */
@NullMarked
package io.undertone.dashboard.topics;

import org.jspecify.annotations.NullMarked;
