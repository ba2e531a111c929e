/** {@code undertone plan}: the resources that a number of calls needs. */
@NullMarked
package io.undertone.cli.plan;

import org.jspecify.annotations.NullMarked;
