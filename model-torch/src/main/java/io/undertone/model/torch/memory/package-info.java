/**
 * Conversation memory: what every kind of memory promises, and what the kinds share. The packages
 * below hold one kind each.
 */
@NullMarked
package io.undertone.model.torch.memory;

import org.jspecify.annotations.NullMarked;
