package io.undertone.cli.sql;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints rows under their columns, numbers at the right; null is a hyphen. */
final class RowTable {
  private static final String GAP = "  ";

  private final List<String> columns;
  private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();

  RowTable(List<String> columns) {
    this.columns = columns;
  }

  void add(Map<String, @Nullable Object> row) {
    rows.add(row);
  }

  void print(PrintWriter out) {
    List<StringBuilder> lines = new ArrayList<>();
    lines.add(new StringBuilder());
    rows.forEach(row -> lines.add(new StringBuilder()));
    for (String column : columns) {
      append(column, lines);
    }
    lines.forEach(line -> out.println(line.toString().stripTrailing()));
    out.flush();
  }

  private void append(String column, List<StringBuilder> lines) {
    int width = column.length();
    boolean numbers = !rows.isEmpty();
    for (Map<String, @Nullable Object> row : rows) {
      @Nullable Object value = row.get(column);
      width = Math.max(width, text(value).length());
      numbers &= value == null || value instanceof Number;
    }
    String format = (numbers ? "%" : "%-") + width + "s";
    for (int line = 0; line < lines.size(); line++) {
      String cell = line == 0 ? column : text(rows.get(line - 1).get(column));
      lines.get(line).append(lines.get(line).isEmpty() ? "" : GAP).append(format.formatted(cell));
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "-" : value.toString();
  }
}
