package io.undertone.operators;

/**
 * What went wrong with a call's chunks.
 *
 * @param missing never came, or not before their place was given up
 * @param duplicate came again
 * @param late came after their place was given up
 */
public record ChunkCounts(long missing, long duplicate, long late) {

  public static final ChunkCounts NONE = new ChunkCounts(0, 0, 0);
}
