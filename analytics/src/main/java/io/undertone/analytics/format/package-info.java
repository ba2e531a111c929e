/** The table format of the topics' values: Avro in single-object encoding. */
@NullMarked
package io.undertone.analytics.format;

import org.jspecify.annotations.NullMarked;
