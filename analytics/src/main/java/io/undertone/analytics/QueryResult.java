package io.undertone.analytics;

import java.util.List;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** The rows of a query, as they are computed. */
public final class QueryResult implements AutoCloseable {
  private final List<String> columns;
  private final CloseableIterator<Row> rows;

  QueryResult(TableResult result) {
    this.columns = result.getResolvedSchema().getColumnNames();
    this.rows = result.collect();
  }

  /** The names of the columns. */
  public List<String> columns() {
    return columns;
  }

  /**
   * Waits for the next row; false after the last one.
   *
   * @throws QueryFailedException if the query fails
   */
  public boolean hasNext() throws QueryFailedException {
    try {
      return rows.hasNext();
    } catch (RuntimeException e) {
      throw new QueryFailedException(e);
    }
  }

  /** The next row. Its kind says whether it is a new row, or a change of an earlier one. */
  public Row next() {
    return rows.next();
  }

  /** Ends the query. */
  @Override
  public void close() {
    try {
      rows.close();
    } catch (Exception e) { // as declared by close()
      throw new IllegalStateException("cannot end the query", e);
    }
  }
}
