/** {@code undertone forget}: asks the job and all consumers to erase a call. */
@NullMarked
package io.undertone.cli.forget;

import org.jspecify.annotations.NullMarked;
