/** Sends alerts to a web service, and tries again for as long as it is away. */
@NullMarked
package io.undertone.webhooks;

import org.jspecify.annotations.NullMarked;
