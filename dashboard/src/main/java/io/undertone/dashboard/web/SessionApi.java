package io.undertone.dashboard.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.undertone.dashboard.access.Access;
import io.undertone.dashboard.access.Credentials;
import io.undertone.dashboard.access.Visitor;
import io.undertone.dashboard.view.Json;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who is logged in; logs in with a token, and out. */
final class SessionApi {
  private static final Duration LONGEST = Duration.ofHours(12);

  private final Access access;

  SessionApi(Access access) {
    this.access = access;
  }

  private record Session(
      Access.Login login, @Nullable String name, @Nullable Set<String> tenants) {}

  private record Token(@Nullable String token) {}

  void session(Context context) {
    Visitor visitor =
        access
            .visitor(
                new Credentials(
                    context.ip(),
                    name -> Objects.requireNonNullElse(context.header(name), ""),
                    context.cookie(Guard.COOKIE)))
            .orElse(null);
    answer(context, visitor);
  }

  void logIn(Context context) {
    String token = token(context);
    Visitor visitor =
        access
            .visitor(new Credentials(context.ip(), name -> "", token))
            .orElseThrow(() -> new Problem(401, "the token is unknown"));
    context.cookie(cookie(context, token, Math.toIntExact(LONGEST.toSeconds())));
    answer(context, visitor);
  }

  void logOut(Context context) {
    context.cookie(cookie(context, "", 0));
    answer(context, null);
  }

  private void answer(Context context, @Nullable Visitor visitor) {
    context
        .header("Cache-Control", "no-store")
        .contentType("application/json; charset=utf-8")
        .result(
            Json.of(
                new Session(
                    access.login(),
                    visitor == null ? null : visitor.name(),
                    visitor == null ? null : new TreeSet<>(visitor.tenants()))));
  }

  private static String token(Context context) {
    try {
      String token = Json.read(context.body(), Token.class).token();
      if (token != null && !token.isBlank()) {
        return token.trim();
      }
    } catch (JsonProcessingException e) {
      // As a document without a token.
    }
    throw new Problem(400, "the body must be {\"token\": \"…\"}");
  }

  private static Cookie cookie(Context context, String value, int maxAgeSeconds) {
    boolean secure =
        context.scheme().equals("https") || "https".equals(context.header("X-Forwarded-Proto"));
    return new Cookie(Guard.COOKIE, value, "/", maxAgeSeconds, secure, true, null, SameSite.STRICT);
  }
}
