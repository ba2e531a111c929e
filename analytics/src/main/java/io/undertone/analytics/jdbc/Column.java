package io.undertone.analytics.jdbc;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * A column and where its value comes from.
 *
 * @param type of PostgreSQL
 * @param value for JDBC
 */
record Column<R>(String name, String type, Function<R, @Nullable Object> value) {

  static <R> Column<R> text(String name, Function<R, ? extends @Nullable CharSequence> value) {
    return new Column<>(name, "text", value::apply);
  }

  /** The name of a constant. */
  static <R> Column<R> symbol(String name, Function<R, ? extends @Nullable Enum<?>> value) {
    return new Column<>(
        name,
        "text",
        row -> {
          Enum<?> constant = value.apply(row);
          return constant == null ? null : constant.name();
        });
  }

  /**
   * A number or a boolean.
   *
   * @param type of PostgreSQL
   */
  static <R> Column<R> plain(String name, String type, Function<R, @Nullable Object> value) {
    return new Column<>(name, type, value);
  }

  /** A point in time, from milliseconds since 1970. */
  static <R> Column<R> time(String name, Function<R, @Nullable Long> value) {
    return new Column<>(
        name,
        "timestamptz",
        row -> {
          Long ms = value.apply(row);
          return ms == null ? null : Instant.ofEpochMilli(ms).atOffset(ZoneOffset.UTC);
        });
  }

  /** A map, a list or a record of Avro as JSON. */
  static <R> Column<R> json(String name, Function<R, @Nullable Object> value) {
    return new Column<>(
        name,
        "jsonb",
        row -> {
          Object datum = value.apply(row);
          return datum == null ? null : GenericData.get().toString(datum);
        });
  }
}
