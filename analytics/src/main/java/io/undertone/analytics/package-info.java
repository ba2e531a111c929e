/** Flink SQL over the job's topics: tables, views without erased calls, and queries. */
@NullMarked
package io.undertone.analytics;

import org.jspecify.annotations.NullMarked;
