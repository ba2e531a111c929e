/** From the events of a call to alerts, by rules that may change while the job runs. */
@NullMarked
package io.undertone.operators.alert;

import org.jspecify.annotations.NullMarked;
