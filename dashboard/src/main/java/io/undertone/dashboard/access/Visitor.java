package io.undertone.dashboard.access;

import io.undertone.dashboard.calls.CallKey;
import java.util.Set;

/**
 * Somebody who looks at the dashboard.
 *
 * @param tenants those that the visitor may see; {@link #ALL_TENANTS} among them means all
 */
public record Visitor(String name, Set<String> tenants) {
  public static final String ALL_TENANTS = "*";

  public Visitor {
    tenants = Set.copyOf(tenants);
  }

  public boolean maySee(CallKey call) {
    return tenants.contains(ALL_TENANTS) || tenants.contains(call.tenant());
  }
}
