/** Events in Parquet files. */
@NullMarked
package io.undertone.cli.export;

import org.jspecify.annotations.NullMarked;
