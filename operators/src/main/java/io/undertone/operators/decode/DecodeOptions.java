package io.undertone.operators.decode;

import io.undertone.operators.Bounds;
import io.undertone.schemas.Role;
import java.io.Serializable;
import java.util.Set;

/**
 * What a chunk may be.
 *
 * @param analysedRoles whose channels are analysed; all others are dropped here
 * @param maxPayloadBytes the largest payload of a chunk
 * @param maxOffsetMs the latest begin of a chunk, since the call's begin
 */
public record DecodeOptions(Set<Role> analysedRoles, int maxPayloadBytes, long maxOffsetMs)
    implements Serializable {

  public DecodeOptions {
    if (analysedRoles.isEmpty()) {
      throw new IllegalArgumentException("analysedRoles must name at least one role, but is empty");
    }
    analysedRoles = Set.copyOf(analysedRoles);
    Bounds.atLeast(1, "maxPayloadBytes", maxPayloadBytes);
    Bounds.atLeast(1, "maxOffsetMs", maxOffsetMs);
  }

  /** Customers only, 256 KiB, 24 hours. */
  public static DecodeOptions defaults() {
    return new DecodeOptions(Set.of(Role.CUSTOMER), 256 * 1024, 24 * 3_600_000L);
  }

  public DecodeOptions withAnalysedRoles(Set<Role> roles) {
    return new DecodeOptions(roles, maxPayloadBytes, maxOffsetMs);
  }
}
