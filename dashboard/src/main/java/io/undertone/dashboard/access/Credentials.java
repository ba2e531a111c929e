package io.undertone.dashboard.access;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about who sends it.
 *
 * @param remoteAddress of the connection, such as that of a reverse proxy
 * @param headers value of a header by its name; empty if it is missing
 * @param cookie value of the dashboard's cookie; null if it is missing
 */
public record Credentials(
    String remoteAddress, UnaryOperator<String> headers, @Nullable String cookie) {

  private static final String BEARER = "Bearer ";

  /** The token of the header Authorization, or of the cookie; null without one. */
  @Nullable String token() {
    String authorization = headers.apply("Authorization");
    if (authorization.startsWith(BEARER)) {
      return authorization.substring(BEARER.length()).trim();
    }
    return cookie;
  }
}
