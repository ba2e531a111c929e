/** {@code undertone notify}: tells alerts to a web service. */
@NullMarked
package io.undertone.cli.notify;

import org.jspecify.annotations.NullMarked;
