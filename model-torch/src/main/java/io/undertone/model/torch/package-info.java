@NullMarked
package io.undertone.model.torch;

import org.jspecify.annotations.NullMarked;
