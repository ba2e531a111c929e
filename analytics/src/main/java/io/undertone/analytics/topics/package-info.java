/** Reads topics in this process, with Kafka's consumer. */
@NullMarked
package io.undertone.analytics.topics;

import org.jspecify.annotations.NullMarked;
