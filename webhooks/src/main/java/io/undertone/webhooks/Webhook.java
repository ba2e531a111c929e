package io.undertone.webhooks;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where alerts are sent.
 *
 * @param url of http or https
 * @param secret that messages are signed with; null for no signature
 * @param authorization value of the header of that name; null for none
 * @param timeout for one attempt
 */
public record Webhook(
    URI url, byte @Nullable [] secret, @Nullable String authorization, Duration timeout) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String URL = "url";
  private static final String SECRET = "secret";
  private static final String AUTHORIZATION = "authorization";
  private static final Set<String> NAMES = Set.of(URL, SECRET, AUTHORIZATION);
  private static final String SECRET_PREFIX = "whsec_";
  private static final int LEAST_SECRET_BYTES = 24;

  /**
   * From properties: {@code url}, and perhaps {@code secret} and {@code authorization}.
   *
   * @throws IllegalArgumentException if they cannot be used; the message names no secret
   */
  public static Webhook of(Map<String, String> properties) {
    Set<String> unknown = new TreeSet<>(properties.keySet());
    unknown.removeAll(NAMES);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "a webhook has the properties %s, but not %s"
              .formatted(String.join(", ", new TreeSet<>(NAMES)), String.join(", ", unknown)));
    }
    String secret = properties.get(SECRET);
    return new Webhook(
        url(properties.getOrDefault(URL, "")),
        secret == null ? null : secret(secret),
        properties.get(AUTHORIZATION),
        TIMEOUT);
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      if (Set.of("http", "https").contains(String.valueOf(url.getScheme()))
          && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // As a URL of another kind. It may contain a secret, so the message does not have it.
    }
    throw new IllegalArgumentException("url must be one of http or https with a host");
  }

  private static byte[] secret(String text) {
    if (text.startsWith(SECRET_PREFIX)) {
      try {
        byte[] secret = Base64.getDecoder().decode(text.substring(SECRET_PREFIX.length()));
        if (secret.length >= LEAST_SECRET_BYTES) {
          return secret;
        }
      } catch (IllegalArgumentException e) {
        // As a secret that is too short.
      }
    }
    throw new IllegalArgumentException(
        "secret must be whsec_ and at least %d bytes in base64, as of: echo whsec_$(openssl rand -base64 32)"
            .formatted(LEAST_SECRET_BYTES));
  }
}
