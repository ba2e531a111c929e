package io.undertone.bench.pipeline;

/** The benchmark failed; the message gives the reason. */
public final class BenchFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  BenchFailedException(String message) {
    super(message);
  }

  BenchFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
