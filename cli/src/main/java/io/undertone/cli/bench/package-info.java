/** {@code undertone bench}: measures the speed of this machine. */
@NullMarked
package io.undertone.cli.bench;

import org.jspecify.annotations.NullMarked;
