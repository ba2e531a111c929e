/**
 * Makes and evaluates models, never on a cluster; this package holds what all others share. To see
 * how a model is made, start with {@code recipe}, which runs the stages {@code features}, {@code
 * tokenizer}, {@code decoder} and {@code memory} on clips from {@code corpus} and on dialogues from
 * {@code simulation}, each with the optimizer of {@code optimization}. To see how one is judged,
 * start with {@code evaluation}; {@code conformance} compares it with the reference libraries.
 */
@NullMarked
package io.undertone.training;

import org.jspecify.annotations.NullMarked;
