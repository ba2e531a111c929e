package io.undertone.analytics.jdbc;

import io.undertone.analytics.topics.Call;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of the schema {@code undertone_v1}.
 *
 * @param columns the first one is the key; two are {@code tenant} and {@code conversation_id}
 */
record Table<R>(String name, List<Column<R>> columns) {

  /** Inserts rows, or replaces those of the same key; rows of erased calls are left out. */
  void write(Connection connection, Collection<R> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(upsert())) {
      for (R row : rows) {
        for (int i = 0; i < columns.size(); i++) {
          statement.setObject(i + 1, columns.get(i).value().apply(row));
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** Deletes the rows of calls that were erased; returns their number. */
  long delete(Connection connection, Collection<Call> calls) throws SQLException {
    String sql =
        "DELETE FROM %s WHERE tenant = ? AND conversation_id = ?".formatted(qualifiedName());
    long deleted = 0;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Call call : calls) {
        statement.setString(1, call.tenant());
        statement.setString(2, call.conversationId());
        deleted += statement.executeUpdate();
      }
    }
    return deleted;
  }

  private String upsert() {
    List<String> names = columns.stream().map(Column::name).toList();
    String values =
        columns.stream().map(column -> "?::" + column.type()).collect(Collectors.joining(", "));
    String replaced =
        names.stream()
            .skip(1)
            .map(name -> name + " = EXCLUDED." + name)
            .collect(Collectors.joining(", "));
    return """
        INSERT INTO %1$s (%2$s)
        SELECT * FROM (VALUES (%3$s)) AS r (%2$s)
        WHERE NOT EXISTS (
          SELECT 1 FROM undertone_v1.erased_calls AS e
          WHERE e.tenant = r.tenant AND e.conversation_id = r.conversation_id)
        ON CONFLICT (%4$s) DO UPDATE SET %5$s"""
        .formatted(qualifiedName(), String.join(", ", names), values, names.get(0), replaced);
  }

  private String qualifiedName() {
    return "undertone_v1." + name;
  }
}
