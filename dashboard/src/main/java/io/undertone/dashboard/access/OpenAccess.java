package io.undertone.dashboard.access;

import java.util.Optional;
import java.util.Set;

/** Everybody on this machine may see everything; for a server on the loopback interface only. */
public final class OpenAccess implements Access {
  private static final Visitor LOCAL = new Visitor("local", Set.of(Visitor.ALL_TENANTS));

  @Override
  public Optional<Visitor> visitor(Credentials credentials) {
    return Optional.of(LOCAL);
  }

  @Override
  public Login login() {
    return Login.NONE;
  }
}
