package io.undertone.operators.decode;

import io.undertone.operators.Bounds;
import io.undertone.schemas.Role;
import java.io.Serializable;
import java.util.Set;

/**
 * Which chunks the job accepts.
 *
 * @param analysedRoles roles whose channels are heard, by the model or by voice activity alone;
 *     chunks of other roles are dropped
 * @param maxPayloadBytes maximum size of a chunk's payload
 * @param maxOffsetMs maximum start of a chunk, since the start of the call
 * @param conversationTimeoutMs the silence that the next stage measures by the times of partitions
 */
public record DecodeOptions(
    Set<Role> analysedRoles, int maxPayloadBytes, long maxOffsetMs, long conversationTimeoutMs)
    implements Serializable {

  public DecodeOptions {
    if (analysedRoles.isEmpty()) {
      throw new IllegalArgumentException("analysedRoles must name at least one role, but is empty");
    }
    analysedRoles = Set.copyOf(analysedRoles);
    Bounds.atLeast(1, "maxPayloadBytes", maxPayloadBytes);
    Bounds.atLeast(1, "maxOffsetMs", maxOffsetMs);
    Bounds.atLeast(1, "conversationTimeoutMs", conversationTimeoutMs);
  }

  /** Customers only, 256 KiB, 24 hours, 5 minutes. */
  public static DecodeOptions defaults() {
    return new DecodeOptions(Set.of(Role.CUSTOMER), 256 * 1024, 24 * 3_600_000L, 300_000);
  }

  public DecodeOptions withAnalysedRoles(Set<Role> roles) {
    return new DecodeOptions(roles, maxPayloadBytes, maxOffsetMs, conversationTimeoutMs);
  }

  public DecodeOptions withConversationTimeoutMs(long timeoutMs) {
    return new DecodeOptions(analysedRoles, maxPayloadBytes, maxOffsetMs, timeoutMs);
  }

  /** How often the next stage learns the time of a partition: in steps of this time. */
  long tickMs() {
    return Math.max(1, conversationTimeoutMs / 60);
  }

  /** A partition without a record for longer has stalled. */
  long stallMs() {
    return Math.max(1, conversationTimeoutMs / 5);
  }
}
