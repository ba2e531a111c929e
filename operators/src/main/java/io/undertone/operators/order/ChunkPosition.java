package io.undertone.operators.order;

import io.undertone.operators.KeptForSavepoints;

/** Key of the state {@code waiting-chunks}, which {@code buffered-chunks} has replaced. */
@KeptForSavepoints
public record ChunkPosition(int channel, long chunkIndex) {}
