/** Dynamic Parameter Memory: a temporary LoRA that learns a call while it is heard. */
@NullMarked
package io.undertone.model.torch.dpm;

import org.jspecify.annotations.NullMarked;
