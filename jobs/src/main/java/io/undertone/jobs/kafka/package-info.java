/** Kafka's topics: their settings, and the job's source and sinks. */
@NullMarked
package io.undertone.jobs.kafka;

import org.jspecify.annotations.NullMarked;
