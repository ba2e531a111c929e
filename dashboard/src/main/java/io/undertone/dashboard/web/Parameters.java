package io.undertone.dashboard.web;

import io.javalin.http.Context;
import io.undertone.dashboard.calls.CallKey;
import io.undertone.dashboard.view.CallQuery;
import io.undertone.schemas.Role;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parameters of requests. */
final class Parameters {
  private static final Set<String> ROLES =
      Arrays.stream(Role.values()).map(Role::name).collect(Collectors.toSet());
  private static final int LIMIT = 50;
  private static final int HIGHEST_LIMIT = 500;

  private Parameters() {}

  static CallKey call(Context context) {
    return new CallKey(required(context, "tenant"), required(context, "conversation"));
  }

  /**
   * Which calls are wanted.
   *
   * @param emotions that calls can have
   */
  static CallQuery query(Context context, Set<String> emotions) {
    return new CallQuery(
        text(context, "tenant"),
        text(context, "queue"),
        oneOf(context, "emotion", emotions),
        oneOf(context, "role", ROLES),
        live(context),
        text(context, "text"),
        number(context, "from", 0, 0, Long.MAX_VALUE),
        number(context, "to", Long.MAX_VALUE, 0, Long.MAX_VALUE),
        Math.toIntExact(number(context, "offset", 0, 0, Integer.MAX_VALUE)),
        Math.toIntExact(number(context, "limit", LIMIT, 1, HIGHEST_LIMIT)));
  }

  static long number(Context context, String name, long otherwise, long least, long most) {
    String value = text(context, name);
    if (value == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As a number out of bounds.
    }
    throw new Problem(
        400, "%s must be from %d to %d, but is %s".formatted(name, least, most, value));
  }

  private static @Nullable Boolean live(Context context) {
    String value = text(context, "live");
    if (value == null) {
      return null;
    }
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Problem(400, "live must be true or false, but is " + value);
    };
  }

  private static @Nullable String oneOf(Context context, String name, Set<String> known) {
    String value = text(context, name);
    if (value != null && !known.contains(value)) {
      throw new Problem(
          400,
          "%s must be one of %s, but is %s"
              .formatted(name, String.join(", ", new TreeSet<>(known)), value));
    }
    return value;
  }

  private static @Nullable String text(Context context, String name) {
    String value = context.queryParam(name);
    return value == null || value.isBlank() ? null : value;
  }

  private static String required(Context context, String name) {
    String value = text(context, name);
    if (value == null) {
      throw new Problem(400, "the parameter " + name + " is missing");
    }
    return value;
  }
}
