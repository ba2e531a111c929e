package io.undertone.analytics;

/** A valid query failed while it read or computed. The message is one line. */
public final class QueryFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  QueryFailedException(Throwable cause) {
    super("the query failed: " + reason(cause), cause);
  }

  /**
   * What the two innermost causes say, those left out that only repeat their cause: Flink's own
   * around them say no more than that a job failed.
   */
  private static String reason(Throwable failure) {
    String outer = "";
    String inner = "";
    for (Throwable e = failure; e != null; e = e.getCause()) {
      String message = String.valueOf(e.getMessage());
      if (e.getCause() == null || !message.equals(e.getCause().toString())) {
        outer = inner;
        inner = message;
      }
    }
    return outer.isEmpty() ? inner : outer.contains(inner) ? outer : outer + ": " + inner;
  }
}
