/** {@code undertone simulate}: a contact centre's day on a fleet that need not exist. */
@NullMarked
package io.undertone.cli.simulate;

import org.jspecify.annotations.NullMarked;
