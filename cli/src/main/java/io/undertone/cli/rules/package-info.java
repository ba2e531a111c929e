/** Commands for alert rules. */
@NullMarked
package io.undertone.cli.rules;

import org.jspecify.annotations.NullMarked;
