/** Rules: what to look for in a call, read from YAML. */
@NullMarked
package io.undertone.alerts.rules;

import org.jspecify.annotations.NullMarked;
