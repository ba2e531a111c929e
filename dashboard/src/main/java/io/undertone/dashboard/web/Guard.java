package io.undertone.dashboard.web;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.undertone.dashboard.access.Access;
import io.undertone.dashboard.access.Credentials;
import io.undertone.dashboard.access.Visitor;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Protects the page and the API: headers, foreign pages, authentication. */
final class Guard {
  static final String COOKIE = "undertone";

  private static final String VISITOR = "undertone-visitor";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Access access;

  Guard(Access access) {
    this.access = access;
  }

  /** Before all requests. */
  void protect(Context context) {
    context
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Resource-Policy", "same-origin");
    if (access.login() == Access.Login.NONE && !LOOPBACK.contains(hostName(context))) {
      // A foreign page may have let its own name resolve to this machine.
      throw new Problem(
          403,
          "without authentication, the dashboard answers to localhost only, not to "
              + hostName(context));
    }
    if (context.method() != HandlerType.GET && context.method() != HandlerType.HEAD) {
      requireOwnPage(context);
    }
  }

  /** Before all requests of the API that need a visitor. */
  void authenticate(Context context) {
    Visitor visitor =
        access
            .visitor(credentials(context))
            .orElseThrow(() -> new Problem(401, "nobody has logged in, or the token is unknown"));
    context.attribute(VISITOR, visitor);
  }

  static Visitor visitor(Context context) {
    return Objects.requireNonNull(context.<Visitor>attribute(VISITOR), "authenticated");
  }

  private static Credentials credentials(Context context) {
    return new Credentials(
        context.ip(),
        name -> Objects.requireNonNullElse(context.header(name), ""),
        context.cookie(COOKIE));
  }

  /** Other pages in the same browser can send requests with this page's cookie. */
  private static void requireOwnPage(Context context) {
    String origin = context.header("Origin");
    boolean foreign =
        origin != null
            && !Objects.equals(URI.create(origin).getAuthority(), context.header("Host"));
    if (foreign || !context.isJson()) {
      throw new Problem(403, "changes must come from this page, as application/json");
    }
  }

  private static String hostName(Context context) {
    String host = Objects.requireNonNullElse(context.header("Host"), "");
    return host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
  }
}
