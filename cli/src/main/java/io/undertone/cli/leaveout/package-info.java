/** {@code undertone leave-one-out}: judges the recipe of training on corpora that were left out. */
@NullMarked
package io.undertone.cli.leaveout;

import org.jspecify.annotations.NullMarked;
