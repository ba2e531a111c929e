/**
 * What the five stages of the road share. The stages, in the order of the data: {@code decode},
 * {@code order}, {@code segment}, {@code recognize}, {@code emit}.
 */
@NullMarked
package io.undertone.operators;

import org.jspecify.annotations.NullMarked;
