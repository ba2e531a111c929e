package io.undertone.bench.pipeline;

/** The measurement failed; the message says why. */
public final class BenchFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  BenchFailedException(String message) {
    super(message);
  }

  BenchFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
