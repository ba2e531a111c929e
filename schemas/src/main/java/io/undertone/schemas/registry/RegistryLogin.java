package io.undertone.schemas.registry;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to log in at a schema registry, by the names that Confluent's clients have for it.
 *
 * @param property {@link #USER_INFO} or {@link #TOKEN}
 * @param secret the property's value
 */
public record RegistryLogin(String property, String secret) implements Serializable {
  /** User and password, with a colon between them. */
  public static final String USER_INFO = "basic.auth.user.info";

  /** A bearer token. */
  public static final String TOKEN = "bearer.auth.token";

  /** Properties that say how to log in. */
  public static final Set<String> PROPERTIES = Set.of(USER_INFO, TOKEN);

  private static final long serialVersionUID = 1L;

  /**
   * From properties, of which it looks at its own; null if there is none.
   *
   * @throws IllegalArgumentException if they cannot be used; the message names no secret
   */
  public static @Nullable RegistryLogin of(Map<String, String> properties) {
    String userInfo = properties.get(USER_INFO);
    String token = properties.get(TOKEN);
    if (userInfo != null && token != null) {
      throw new IllegalArgumentException(
          "a schema registry takes one of %s and %s, but both are given"
              .formatted(USER_INFO, TOKEN));
    }
    if (userInfo != null) {
      require(userInfo.indexOf(':') > 0, USER_INFO + " must be user:password");
      return new RegistryLogin(USER_INFO, userInfo);
    }
    if (token != null) {
      require(token.matches("[!-~]+"), TOKEN + " must be of visible ASCII characters");
      return new RegistryLogin(TOKEN, token);
    }
    return null;
  }

  /** The value of the header Authorization. */
  String authorization() {
    return property.equals(TOKEN)
        ? "Bearer " + secret
        : "Basic " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return property;
  }

  private static void require(boolean holds, String expectation) {
    if (!holds) {
      throw new IllegalArgumentException(expectation + ", but is not");
    }
  }
}
