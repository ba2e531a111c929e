package io.undertone.analytics.jdbc;

import io.undertone.analytics.topics.RecordValues;
import io.undertone.analytics.topics.TopicReader;
import io.undertone.schemas.Alert;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.registry.SchemaRegistry;
import io.undertone.schemas.registry.ValueDecoder;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.avro.message.MessageDecoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Brings tables of PostgreSQL up to date with the topics of events and alerts. Rows, deletions of
 * erased calls and offsets are written in the same transactions, so that nothing is lost or left
 * over when a run ends in between. Flink's JDBC sink writes with one statement a sink, and would
 * order no deletion behind the rows that it has to delete.
 */
public final class DatabaseExport implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final TopicReader reader;
  private final Database database;
  private final String alertsTopic;
  private final MessageDecoder<EmotionEvent> events;
  private final MessageDecoder<Alert> alerts;

  private Report report = new Report(0, 0, 0);

  private DatabaseExport(
      TopicReader reader,
      Database database,
      String alertsTopic,
      @Nullable SchemaRegistry registry) {
    this.reader = reader;
    this.database = database;
    this.alertsTopic = alertsTopic;
    this.events = ValueDecoder.of(EmotionEvent.getClassSchema(), registry);
    this.alerts = ValueDecoder.of(Alert.getClassSchema(), registry);
  }

  /**
   * What an export did.
   *
   * @param events that were read, with repetitions
   * @param alertStates that were read, with repetitions
   * @param erasedRows that tables had of calls that were erased
   */
  public record Report(long events, long alertStates, long erasedRows) {}

  /**
   * Starts where the last export into these tables ended, and creates tables that are missing.
   *
   * @param url of a database of PostgreSQL, for JDBC
   * @param driverProperties such as user and password
   * @param registry of schemas; null if no record is in Confluent's wire format
   * @throws SQLException if the database does not answer, or another export writes it
   */
  public static DatabaseExport open(
      TopicReader reader,
      String eventsTopic,
      String alertsTopic,
      String url,
      Map<String, String> driverProperties,
      @Nullable SchemaRegistry registry)
      throws SQLException {
    Database database = Database.open(url, driverProperties);
    reader.start(List.of(eventsTopic, alertsTopic), database.offsets());
    return new DatabaseExport(reader, database, alertsTopic, registry);
  }

  /**
   * Writes what the topics have now.
   *
   * @throws IOException if a record is none of a published schema
   */
  public Report run() throws SQLException, IOException {
    Map<TopicPartition, Long> ends = reader.ends();
    while (!reader.hasReached(ends)) {
      write(reader.next());
    }
    return report;
  }

  /** Writes what the topics have, and what comes, until it is stopped. */
  public Report follow(BooleanSupplier isStopped) throws SQLException, IOException {
    while (!isStopped.getAsBoolean()) {
      write(reader.poll(PAUSE));
    }
    return report;
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }

  private void write(ConsumerRecords<byte[], byte[]> records) throws SQLException, IOException {
    if (records.isEmpty()) {
      return;
    }
    Batch batch = Batch.empty();
    long alertStates = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.topic().equals(alertsTopic)) {
        alertStates++;
        batch.add(RecordValues.decode(alerts, record));
      } else {
        batch.add(RecordValues.decode(events, record), record.offset());
      }
    }
    long deleted = database.write(batch, reader.positions());
    report =
        new Report(
            report.events() + records.count() - alertStates,
            report.alertStates() + alertStates,
            report.erasedRows() + deleted);
  }
}
