@NullMarked
package io.undertone.operators;

import org.jspecify.annotations.NullMarked;
