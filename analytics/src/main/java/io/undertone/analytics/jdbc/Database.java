package io.undertone.analytics.jdbc;

import io.undertone.analytics.topics.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;

/** The tables in a database, for one writer at a time. */
final class Database implements AutoCloseable {
  private static final String DDL = "tables.sql";

  /** Of the advisory lock that keeps a second writer out. */
  private static final long LOCK = 0x756e64657274_6f6eL;

  private final Connection connection;

  private Database(Connection connection) {
    this.connection = connection;
  }

  /**
   * Connects, and creates the tables that are missing.
   *
   * @param properties of the driver, such as user and password
   * @throws SQLException also if another process writes the tables
   */
  static Database open(String url, Map<String, String> properties) throws SQLException {
    Properties driver = new Properties();
    driver.putAll(properties);
    Connection connection = DriverManager.getConnection(url, driver);
    try {
      connection.setAutoCommit(false);
      Database database = new Database(connection);
      database.lock();
      database.createTables();
      connection.commit();
      return database;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** The offsets up to which topics are in the tables. */
  Map<TopicPartition, Long> offsets() throws SQLException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT topic, partition, next_offset FROM undertone_v1.topic_offsets")) {
      while (rows.next()) {
        offsets.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
      }
    }
    connection.commit();
    return offsets;
  }

  /**
   * Writes a batch and the offsets behind it in one transaction; returns the number of rows that
   * erased calls had.
   */
  long write(Batch batch, Map<TopicPartition, Long> offsets) throws SQLException {
    try {
      long deleted = 0;
      try (PreparedStatement erase =
          connection.prepareStatement(
              "INSERT INTO undertone_v1.erased_calls (tenant, conversation_id) VALUES (?, ?)"
                  + " ON CONFLICT DO NOTHING")) {
        for (Call call : batch.erased()) {
          erase.setString(1, call.tenant());
          erase.setString(2, call.conversationId());
          erase.addBatch();
        }
        erase.executeBatch();
      }
      for (Table<?> table : Tables.ALL) {
        deleted += table.delete(connection, batch.erased());
      }
      Tables.UTTERANCES.write(connection, batch.utterances().values());
      Tables.CONVERSATION_ENDS.write(connection, batch.conversationEnds().values());
      Tables.ALERTS.write(connection, batch.alerts().values());
      writeOffsets(offsets);
      connection.commit();
      return deleted;
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void lock() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
      statement.setLong(1, LOCK);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        if (!rows.getBoolean(1)) {
          throw new SQLException(
              "the database must have one writer of undertone_v1, but another one is connected");
        }
      }
    }
  }

  /** Needs no right to create anything if all is there. */
  private void createTables() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows =
          statement.executeQuery("SELECT to_regclass('undertone_v1.topic_offsets') IS NULL")) {
        rows.next();
        if (!rows.getBoolean(1)) {
          return;
        }
      }
      statement.execute(ddl());
    }
  }

  private static String ddl() {
    try (InputStream in = Database.class.getResourceAsStream(DDL)) {
      return new String(Objects.requireNonNull(in, DDL).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + DDL, e);
    }
  }

  private void writeOffsets(Map<TopicPartition, Long> offsets) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO undertone_v1.topic_offsets (topic, partition, next_offset)"
                + " VALUES (?, ?, ?) ON CONFLICT (topic, partition)"
                + " DO UPDATE SET next_offset = EXCLUDED.next_offset")) {
      for (Map.Entry<TopicPartition, Long> offset : offsets.entrySet()) {
        statement.setString(1, offset.getKey().topic());
        statement.setInt(2, offset.getKey().partition());
        statement.setLong(3, offset.getValue());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
