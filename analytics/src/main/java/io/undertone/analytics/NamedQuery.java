package io.undertone.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A query that comes with Undertone.
 *
 * @param name of its file, without the ending
 * @param summary what it answers, in one line: the comment at its begin
 * @param sql its text
 */
public record NamedQuery(String name, String summary, String sql) {
  private static final String COMMENT = "-- ";

  private static final List<String> NAMES =
      List.of(
          "worst-queues",
          "negative-by-queue",
          "recovery-from-anger",
          "calls-that-turned",
          "longest-anger",
          "data-quality",
          "alerts-by-rule",
          "dead-letters-by-reason");

  private static final String AGENTS = "agents-by-negative-share";

  /** All queries; those about agents only if agents are included. */
  public static List<NamedQuery> all(AgentData agents) {
    List<String> names = new ArrayList<>(NAMES);
    if (agents == AgentData.INCLUDED) {
      names.add(AGENTS);
    }
    return names.stream().map(NamedQuery::read).toList();
  }

  /**
   * The query of a name.
   *
   * @throws BadQueryException if there is none, or it is about agents, and they are left out
   */
  public static NamedQuery of(String name, AgentData agents) throws BadQueryException {
    for (NamedQuery query : all(agents)) {
      if (query.name.equals(name)) {
        return query;
      }
    }
    throw new BadQueryException(
        "query must be one of %s, but is '%s'"
            .formatted(
                all(agents).stream().map(NamedQuery::name).collect(Collectors.joining(", ")),
                name));
  }

  private static NamedQuery read(String name) {
    String sql = Resources.text("queries/" + name + ".sql");
    String first = sql.lines().findFirst().orElseThrow();
    if (!first.startsWith(COMMENT)) {
      throw new IllegalStateException("the first line of a query must be a comment: " + name);
    }
    return new NamedQuery(name, first.substring(COMMENT.length()), sql);
  }
}
