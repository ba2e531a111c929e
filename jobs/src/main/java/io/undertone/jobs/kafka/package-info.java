/** The topics: their settings, and how records of the road become records of Kafka. */
@NullMarked
package io.undertone.jobs.kafka;

import org.jspecify.annotations.NullMarked;
