/**
 * A memory of the speaker: where the voice lies among all voices, the last estimate, and an adapter
 * of the emotion head. It learns from the estimates and leaves the decoder as it is.
 */
@NullMarked
package io.undertone.model.torch.memory.speaker;

import org.jspecify.annotations.NullMarked;
