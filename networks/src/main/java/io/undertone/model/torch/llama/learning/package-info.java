/** What learns beside a frozen decoder: passes that save memory, and tokens that it lacks. */
@NullMarked
package io.undertone.model.torch.llama.learning;

import org.jspecify.annotations.NullMarked;
