/** Events and alerts in tables of PostgreSQL. */
@NullMarked
package io.undertone.analytics.jdbc;

import org.jspecify.annotations.NullMarked;
