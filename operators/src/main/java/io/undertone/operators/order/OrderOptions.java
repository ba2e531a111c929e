package io.undertone.operators.order;

import io.undertone.operators.Bounds;
import io.undertone.schemas.Role;
import java.io.Serializable;
import java.util.Set;

/**
 * Bounds of reordering, and when calls end.
 *
 * @param reorderBoundMs a missing chunk is given up when this much audio after it has arrived
 * @param maxBufferedChunks a missing chunk is given up when more chunks of its channel wait for it
 * @param maxBufferedBytes a missing chunk is given up when the waiting chunks of its call have more
 *     bytes of audio
 * @param maxIndexJump maximum step from a channel's highest chunkIndex to the next
 * @param analysedRoles roles of the channels whose chunks arrive
 * @param activityRoles those of them of which only voice activity is heard: no letter holds their
 *     audio
 * @param limits when calls end, and how long they are remembered
 */
public record OrderOptions(
    long reorderBoundMs,
    int maxBufferedChunks,
    long maxBufferedBytes,
    long maxIndexJump,
    Set<Role> analysedRoles,
    Set<Role> activityRoles,
    CallLimits limits)
    implements Serializable {

  public OrderOptions {
    Bounds.atLeast(0, "reorderBoundMs", reorderBoundMs);
    Bounds.atLeast(1, "maxBufferedChunks", maxBufferedChunks);
    Bounds.atLeast(1, "maxBufferedBytes", maxBufferedBytes);
    Bounds.atLeast(1, "maxIndexJump", maxIndexJump);
    analysedRoles = Set.copyOf(analysedRoles);
    activityRoles = Set.copyOf(activityRoles);
  }

  /** 2 seconds, 512 chunks, 4 MiB, 100,000 indexes, customers only, default limits. */
  public static OrderOptions defaults() {
    return new OrderOptions(
        2_000, 512, 4 << 20, 100_000, Set.of(Role.CUSTOMER), Set.of(), CallLimits.defaults());
  }

  public OrderOptions withReorderBoundMs(long boundMs) {
    return new OrderOptions(
        boundMs,
        maxBufferedChunks,
        maxBufferedBytes,
        maxIndexJump,
        analysedRoles,
        activityRoles,
        limits);
  }

  public OrderOptions withMaxBufferedBytes(long bytes) {
    return new OrderOptions(
        reorderBoundMs,
        maxBufferedChunks,
        bytes,
        maxIndexJump,
        analysedRoles,
        activityRoles,
        limits);
  }

  public OrderOptions withAnalysedRoles(Set<Role> roles) {
    return new OrderOptions(
        reorderBoundMs,
        maxBufferedChunks,
        maxBufferedBytes,
        maxIndexJump,
        roles,
        activityRoles,
        limits);
  }

  public OrderOptions withActivityRoles(Set<Role> roles) {
    return new OrderOptions(
        reorderBoundMs,
        maxBufferedChunks,
        maxBufferedBytes,
        maxIndexJump,
        analysedRoles,
        roles,
        limits);
  }

  public OrderOptions withLimits(CallLimits other) {
    return new OrderOptions(
        reorderBoundMs,
        maxBufferedChunks,
        maxBufferedBytes,
        maxIndexJump,
        analysedRoles,
        activityRoles,
        other);
  }
}
