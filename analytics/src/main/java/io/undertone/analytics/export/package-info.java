/** Writes events to Parquet files, a file for each day. */
@NullMarked
package io.undertone.analytics.export;

import org.jspecify.annotations.NullMarked;
