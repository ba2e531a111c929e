/** The emotion job on a cluster: its distribution, and its submission. */
@NullMarked
package io.undertone.cli.submit;

import org.jspecify.annotations.NullMarked;
