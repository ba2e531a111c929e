package io.undertone.model.torch.memory.speaker;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * The state of a batch of speaker memories. All values of a new memory are zero.
 *
 * @param adapter B of the {@link HeadAdapter}, (batch, classes, rank)
 * @param lastEstimate b of {@link ExpectedEmotions} minus 1 / classes, (batch, classes)
 * @param offset of the {@link VoiceModel}; empty for a memory without one
 */
public record SpeakerState(
    NDArray adapter, NDArray lastEstimate, Optional<VoiceModel.Offset> offset) {}
