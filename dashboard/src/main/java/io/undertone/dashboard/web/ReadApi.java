package io.undertone.dashboard.web;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import io.undertone.dashboard.access.AuditLog;
import io.undertone.dashboard.access.Visitor;
import io.undertone.dashboard.calls.CallKey;
import io.undertone.dashboard.calls.CallState;
import io.undertone.dashboard.calls.CallWindow;
import io.undertone.dashboard.screens.ScreenHub;
import io.undertone.dashboard.topics.TopicFollower;
import io.undertone.dashboard.view.CallPage;
import io.undertone.dashboard.view.CallQuery;
import io.undertone.dashboard.view.Json;
import io.undertone.dashboard.view.Trend;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Answers of the read API, described in {@code openapi.yaml}. */
final class ReadApi {
  private static final int MOST_SCREENS = 200;
  private static final long DEFAULT_STEP_MINUTES = 15;
  private static final long LONGEST_STEP_MINUTES = TimeUnit.DAYS.toMinutes(1);

  private final CallWindow window;
  private final TopicFollower follower;
  private final ScreenHub screens;
  private final AuditLog audit;

  ReadApi(CallWindow window, TopicFollower follower, ScreenHub screens, AuditLog audit) {
    this.window = window;
    this.follower = follower;
    this.screens = screens;
    this.audit = audit;
  }

  private record Status(
      boolean ready,
      @Nullable String failure,
      String offsets,
      int calls,
      long bytes,
      int screens,
      int droppedScreens,
      long unreadableRecords) {}

  /** For who asks without a name, such as a load balancer: whether, and not why not. */
  void ready(Context context) {
    json(context.status(isReady() ? 200 : 503), new Ready(isReady()));
  }

  private record Ready(boolean ready) {}

  private boolean isReady() {
    return follower.historyIsRead() && follower.failure() == null;
  }

  void status(Context context) {
    json(
        context.status(isReady() ? 200 : 503),
        new Status(
            isReady(),
            follower.failure(),
            follower.offsets().id(),
            window.size(),
            window.bytes(),
            screens.connected(),
            screens.dropped(),
            follower.unreadable()));
  }

  void snapshot(Context context) {
    raw(context, screens.snapshotFor(Guard.visitor(context)));
  }

  void stream(SseClient client) {
    if (screens.connected() >= MOST_SCREENS) {
      client.sendEvent("full", "{}");
      client.close();
      return;
    }
    screens.join(SseScreen.open(client, Guard.visitor(client.ctx())));
  }

  void call(Context context) {
    CallKey key = Parameters.call(context);
    Visitor visitor = Guard.visitor(context);
    // A tenant that somebody may not see looks as if it had no calls.
    CallState call =
        window
            .call(key)
            .filter(found -> follower.historyIsRead() && visitor.maySee(key))
            .orElseThrow(() -> new Problem(404, "no such call"));
    audit.opened(visitor, key);
    json(context, CallPage.of(call));
  }

  void calls(Context context) {
    List<CallState> visible = visible(context);
    json(context, Parameters.query(context, CallQuery.emotions(visible)).select(visible));
  }

  void trend(Context context) {
    long minutes =
        Parameters.number(context, "minutes", DEFAULT_STEP_MINUTES, 1, LONGEST_STEP_MINUTES);
    json(context, Trend.of(visible(context), TimeUnit.MINUTES.toMillis(minutes)));
  }

  private List<CallState> visible(Context context) {
    Visitor visitor = Guard.visitor(context);
    return follower.historyIsRead() ? window.calls(visitor::maySee) : List.of();
  }

  private static void json(Context context, Object document) {
    raw(context, Json.of(document));
  }

  private static void raw(Context context, String json) {
    context
        .header("Cache-Control", "no-store")
        .contentType("application/json; charset=utf-8")
        .result(json);
  }
}
