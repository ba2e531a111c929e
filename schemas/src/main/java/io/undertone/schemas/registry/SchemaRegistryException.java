package io.undertone.schemas.registry;

import java.io.IOException;

/** A schema registry does not answer, or refuses what it is asked for. */
public final class SchemaRegistryException extends IOException {
  private static final long serialVersionUID = 1L;

  SchemaRegistryException(String message) {
    super(message);
  }

  SchemaRegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
