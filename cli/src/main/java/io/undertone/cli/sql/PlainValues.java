package io.undertone.cli.sql;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * Values of rows as JSON has them: numbers, strings, booleans, maps and lists.
 *
 * @param timeZone of points in time
 */
record PlainValues(ZoneId timeZone) {

  /** The values of a row by column, in order. */
  Map<String, @Nullable Object> of(List<String> columns, Row row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int column = 0; column < columns.size(); column++) {
      values.put(columns.get(column), plain(row.getField(column)));
    }
    return values;
  }

  private @Nullable Object plain(@Nullable Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    } else if (value instanceof Instant instant) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(timeZone));
    } else if (value instanceof Row row) {
      Set<String> names = Objects.requireNonNullElse(row.getFieldNames(true), Set.of());
      return of(List.copyOf(names), row);
    } else if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      map.forEach((key, element) -> plain.put(String.valueOf(key), plain(element)));
      return plain;
    } else if (value instanceof Object[] array) {
      return Arrays.stream(array).map(this::plain).toList();
    }
    return value.toString();
  }
}
