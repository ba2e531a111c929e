package io.undertone.operators;

/**
 * Counts of a call's chunks that were not used.
 *
 * @param missing chunks that did not arrive before they were given up
 * @param duplicate chunks that arrived more than once
 * @param late chunks that arrived after they were given up
 */
public record ChunkCounts(long missing, long duplicate, long late) {

  public static final ChunkCounts NONE = new ChunkCounts(0, 0, 0);
}
