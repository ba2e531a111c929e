package io.undertone.dashboard.web;

/** Another program listens on the port, or this one may not. */
public final class CannotListenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotListenException(String host, int port, Throwable cause) {
    super("cannot listen on %s, port %d: %s".formatted(host, port, cause.getMessage()), cause);
  }
}
