/** {@code undertone events}: prints events of calls. */
@NullMarked
package io.undertone.cli.events;

import org.jspecify.annotations.NullMarked;
