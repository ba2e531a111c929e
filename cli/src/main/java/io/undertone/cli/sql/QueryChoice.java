package io.undertone.cli.sql;

import io.undertone.analytics.AgentData;
import io.undertone.analytics.BadQueryException;
import io.undertone.analytics.NamedQuery;
import io.undertone.cli.terminal.UserErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to run; exactly one of the options is given. */
final class QueryChoice {
  @Option(
      names = "--query",
      paramLabel = "NAME",
      description = "A query that comes with Undertone; --list names them.")
  private @Nullable String query;

  @Option(names = "--file", paramLabel = "FILE", description = "A file with one query.")
  private @Nullable Path file;

  @Option(names = "--execute", paramLabel = "SQL", description = "A query.")
  private @Nullable String sql;

  @Option(
      names = "--list",
      description = "Lists the queries that come with Undertone, and the columns of the views.")
  private boolean list;

  boolean isList() {
    return list;
  }

  boolean isNamed() {
    return query != null;
  }

  /** The text of the query. */
  String text(AgentData agents) throws UserErrorException, BadQueryException {
    if (query != null) {
      return NamedQuery.of(query, agents).sql();
    }
    if (file == null) {
      return String.valueOf(sql);
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UserErrorException("--file must name a readable file, but is " + file, e);
    }
  }
}
