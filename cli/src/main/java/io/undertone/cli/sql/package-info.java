/** Queries over the job's topics. */
@NullMarked
package io.undertone.cli.sql;

import org.jspecify.annotations.NullMarked;
