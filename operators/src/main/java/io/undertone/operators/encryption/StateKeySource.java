package io.undertone.operators.encryption;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where each machine reads the keys of the state.
 *
 * @param location a file, {@code env:NAME} for a variable of the environment, or empty for no keys
 */
public record StateKeySource(String location) implements Serializable {
  private static final String ENVIRONMENT = "env:";

  /** State is not encrypted. */
  public static StateKeySource none() {
    return new StateKeySource("");
  }

  /**
   * Reads the keys.
   *
   * @throws StateKeyException if they cannot be read, or are not as {@link StateKeys#parse} expects
   */
  public StateCipher open() {
    return new StateCipher(location.isEmpty() ? StateKeys.NONE : StateKeys.parse(read(), location));
  }

  private String read() {
    if (location.startsWith(ENVIRONMENT)) {
      return variable(location.substring(ENVIRONMENT.length()));
    }
    try {
      return Files.readString(Path.of(location), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StateKeyException("file of the state's keys must be readable: " + location, e);
    }
  }

  private static String variable(String name) {
    @Nullable String value = System.getenv(name);
    if (value == null) {
      throw new StateKeyException(
          "variable %s of the environment must have the state's keys, but is not set"
              .formatted(name));
    }
    return value;
  }
}
