package io.undertone.operators.encryption;

/** Encrypted bytes of keyed state were changed, or moved to another entry. */
public final class DamagedStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedStateException(String message) {
    super(message);
  }
}
