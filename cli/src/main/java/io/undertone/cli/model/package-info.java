/** Options that choose a model and how it computes. */
@NullMarked
package io.undertone.cli.model;

import org.jspecify.annotations.NullMarked;
