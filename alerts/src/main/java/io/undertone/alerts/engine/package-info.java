/** From the events of a call to alerts, by rules. */
@NullMarked
package io.undertone.alerts.engine;

import org.jspecify.annotations.NullMarked;
