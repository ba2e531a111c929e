/** A Kafka source that notices when records are gone that the job has not read. */
@NullMarked
package io.undertone.jobs.kafka.source;

import org.jspecify.annotations.NullMarked;
