/** {@code undertone dashboard}: what supervisors look at. */
@NullMarked
package io.undertone.cli.dashboard;

import org.jspecify.annotations.NullMarked;
