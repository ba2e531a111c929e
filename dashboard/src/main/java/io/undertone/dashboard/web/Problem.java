package io.undertone.dashboard.web;

/** A request that cannot be answered. The message names the value and what was expected. */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  Problem(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }

  /** The body of the answer. */
  record Document(String error) {}
}
