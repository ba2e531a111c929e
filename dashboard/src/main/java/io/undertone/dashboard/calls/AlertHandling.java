package io.undertone.dashboard.calls;

import io.undertone.schemas.AlertResponse;
import org.jspecify.annotations.Nullable;

/**
 * What people have done about an alert. Times are in milliseconds since 1970-01-01 UTC.
 *
 * @param acknowledgedBy who has seen it; null if nobody says so
 * @param claimedBy who takes care of it; null if nobody does
 */
public record AlertHandling(
    @Nullable String acknowledgedBy,
    @Nullable Long acknowledgedAtMs,
    @Nullable String claimedBy,
    @Nullable Long claimedAtMs) {

  /** Nobody has done anything. */
  public static final AlertHandling NONE = new AlertHandling(null, null, null, null);

  /** What it is after a response. The first one who claims an alert has it until it is released. */
  AlertHandling after(AlertResponse response) {
    String author = Shared.text(response.getAuthor());
    long timeMs = response.getTimeMs();
    return switch (response.getKind()) {
      case ACKNOWLEDGED -> wasAcknowledged() ? this : new AlertHandling(author, timeMs, null, null);
      case CLAIMED -> claimedBy == null ? claimed(author, timeMs) : this;
      case RELEASED -> NONE;
      // A kind of a later version.
      case OTHER -> this;
    };
  }

  private AlertHandling claimed(String author, long timeMs) {
    return wasAcknowledged()
        ? new AlertHandling(acknowledgedBy, acknowledgedAtMs, author, timeMs)
        : new AlertHandling(author, timeMs, author, timeMs);
  }

  public boolean wasAcknowledged() {
    return acknowledgedBy != null;
  }
}
