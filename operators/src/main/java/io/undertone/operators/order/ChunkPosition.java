package io.undertone.operators.order;

/** Where a waiting chunk belongs: the key in keyed state. */
public record ChunkPosition(int channel, long chunkIndex) {}
