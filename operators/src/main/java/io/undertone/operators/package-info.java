/**
 * What the five stages of the pipeline share. The stages, in the order of the data: {@code decode},
 * {@code order}, {@code segment}, {@code recognize}, {@code emit}. A stage sees the shared packages
 * and no other stage.
 */
@NullMarked
package io.undertone.operators;

import org.jspecify.annotations.NullMarked;
