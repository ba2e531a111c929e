package io.undertone.operators.decode;

import io.undertone.schemas.DeadLetterReason;

/** A chunk or request violates its contract. The message names the value and what was expected. */
final class InvalidChunkException extends Exception {
  private static final long serialVersionUID = 1L;

  private final DeadLetterReason reason;

  InvalidChunkException(DeadLetterReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** A value that is out of its range or form. */
  static InvalidChunkException invalid(String message) {
    return new InvalidChunkException(DeadLetterReason.INVALID, message);
  }

  DeadLetterReason reason() {
    return reason;
  }
}
