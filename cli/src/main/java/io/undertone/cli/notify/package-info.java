/** {@code undertone notify}: sends alerts to a web service. */
@NullMarked
package io.undertone.cli.notify;

import org.jspecify.annotations.NullMarked;
