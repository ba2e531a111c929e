package io.undertone.dashboard.access;

import java.util.Optional;

/** Decides who somebody is, and which tenants they may see. */
public interface Access {

  /** Empty if the request does not say who sends it, or not credibly. */
  Optional<Visitor> visitor(Credentials credentials);

  /** How a person logs in. */
  Login login();

  /** The ways in. */
  enum Login {
    /** Nobody has to. */
    NONE,
    /** With a token, by the page's form. */
    TOKEN,
    /** A reverse proxy sees to it. */
    PROXY
  }
}
