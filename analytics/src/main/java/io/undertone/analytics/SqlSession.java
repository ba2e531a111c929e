package io.undertone.analytics;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.SqlParserException;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;

/**
 * Runs queries over the views {@code utterances}, {@code calls}, {@code alerts} and {@code
 * dead_letters}, with Flink in this process.
 *
 * <p>The tables of the topics are hidden once the views are made: no query sees a call that was
 * erased, or counts a repeated event twice.
 */
public final class SqlSession {
  private static final int MOST_SUBTASKS = 4;

  /** Of an error message: Flink may add a whole plan. */
  private static final int MOST_CHARACTERS = 400;

  private static final String EVENTS = "emotion_events";
  private static final String ALERTS = "alert_states";
  private static final String LETTERS = "letters";
  private static final String ALL_EVENTS = "all_events";
  private static final List<String> VIEWS =
      List.of("utterances", "calls", "alerts", "dead_letters");
  private static final String AGENTS_VIEW = "agents";
  private static final String BOUND = "scan.bounded.mode";

  private final TableEnvironment tables;
  private final Map<String, String> topicByTable;
  private final List<String> views;

  private SqlSession(
      TableEnvironment tables, Map<String, String> topicByTable, List<String> views) {
    this.tables = tables;
    this.topicByTable = topicByTable;
    this.views = views;
  }

  /** Defines the views; reads nothing yet. */
  public static SqlSession open(
      TopicSource topics, ReadRange range, AgentData agents, ZoneId timeZone) {
    TableEnvironment tables = environment(range, timeZone);
    Map<String, String> topicByTable =
        Map.of(EVENTS, topics.events(), ALERTS, topics.alerts(), LETTERS, topics.deadLetters());
    topicByTable.forEach(
        (table, topic) -> defineTable(tables, table, topics.tableOptions(topic), range));
    List<String> views = new ArrayList<>(VIEWS);
    if (agents == AgentData.INCLUDED) {
      views.add(AGENTS_VIEW);
    }
    defineView(tables, ALL_EVENTS);
    views.forEach(view -> defineView(tables, view));
    tables.dropTemporaryView(ALL_EVENTS);
    topicByTable.keySet().forEach(tables::dropTable);
    return new SqlSession(tables, topicByTable, views);
  }

  /** The names of each view's columns, in order. */
  public Map<String, List<String>> views() {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (String view : views) {
      columns.put(view, tables.from(view).getResolvedSchema().getColumnNames());
    }
    return columns;
  }

  /**
   * Starts a query.
   *
   * @param sql a SELECT or WITH; a semicolon at its end is ignored
   * @throws BadQueryException if it is no valid query over the views
   */
  public QueryResult query(String sql) throws BadQueryException {
    return new QueryResult(of(sql, Table::execute));
  }

  /**
   * The topics that a query reads, sorted.
   *
   * @throws BadQueryException as {@link #query}
   */
  public Set<String> topics(String sql) throws BadQueryException {
    String plan = of(sql, Table::explain);
    Set<String> read = new TreeSet<>();
    topicByTable.forEach(
        (table, topic) -> {
          if (plan.contains(tables.getCurrentDatabase() + ", " + table)) {
            read.add(topic);
          }
        });
    return read;
  }

  private <T> T of(String sql, Function<Table, T> use) throws BadQueryException {
    String text = sql.strip();
    try {
      return use.apply(
          tables.sqlQuery(text.endsWith(";") ? text.substring(0, text.length() - 1) : text));
    } catch (ValidationException | SqlParserException | TableException e) {
      throw new BadQueryException(reason(e), e);
    }
  }

  private static TableEnvironment environment(ReadRange range, ZoneId timeZone) {
    Configuration configuration = new Configuration();
    int subtasks = Math.min(MOST_SUBTASKS, Runtime.getRuntime().availableProcessors());
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, subtasks);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    EnvironmentSettings.Builder settings =
        EnvironmentSettings.newInstance().withConfiguration(configuration);
    TableEnvironment tables =
        TableEnvironment.create(
            range == ReadRange.UNTIL_NOW
                ? settings.inBatchMode().build()
                : settings.inStreamingMode().build());
    tables.getConfig().setLocalTimeZone(timeZone);
    return tables;
  }

  private static void defineTable(
      TableEnvironment tables, String name, Map<String, String> given, ReadRange range) {
    tables.executeSql(Resources.text("tables/" + name + ".sql"));
    ObjectPath path = new ObjectPath(tables.getCurrentDatabase(), name);
    Catalog catalog = tables.getCatalog(tables.getCurrentCatalog()).orElseThrow();
    try {
      CatalogTable table = (CatalogTable) catalog.getTable(path);
      Map<String, String> options = new HashMap<>(table.getOptions());
      options.putAll(given);
      if (range == ReadRange.FOLLOWING) {
        options.remove(BOUND);
      }
      catalog.alterTable(path, table.copy(options), false);
    } catch (TableNotExistException e) {
      throw new IllegalStateException("the table " + name + " was just created", e);
    }
  }

  private static void defineView(TableEnvironment tables, String name) {
    Table view = tables.sqlQuery(Resources.text("views/" + name + ".sql"));
    tables.createTemporaryView(name, view);
  }

  /**
   * The outermost message names the kind of mistake and its place, the innermost one what it is.
   */
  private static String reason(Throwable e) {
    Throwable innermost = e;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String outer = String.valueOf(e.getMessage()).strip();
    String inner = String.valueOf(innermost.getMessage()).strip();
    String message = outer.contains(inner) ? outer : outer + ": " + inner;
    String line = message.replaceAll("\\s*\\R\\s*", " ");
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
  }
}
