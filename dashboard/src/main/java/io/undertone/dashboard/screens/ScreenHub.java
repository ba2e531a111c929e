package io.undertone.dashboard.screens;

import io.undertone.dashboard.access.Visitor;
import io.undertone.dashboard.calls.CallKey;
import io.undertone.dashboard.calls.CallState;
import io.undertone.dashboard.calls.CallWindow;
import io.undertone.dashboard.calls.Changes;
import io.undertone.dashboard.topics.DashboardTopics;
import io.undertone.dashboard.topics.TopicFollower;
import io.undertone.dashboard.view.CallRow;
import io.undertone.dashboard.view.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells all screens what changes: each gets a snapshot first, then every {@link #TICK} the rows
 * that have changed. A row is written as JSON once, whatever the number of screens. All of it runs
 * on one thread.
 */
public final class ScreenHub implements AutoCloseable {
  /** Changes are collected for so long. */
  public static final Duration TICK = Duration.ofMillis(400);

  /** Ended calls stay on the screens for so long. */
  public static final Duration SHOWN_AFTER_END = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(ScreenHub.class);
  private static final int TICKS_BETWEEN_PINGS = 25;

  private final CallWindow window;
  private final TopicFollower follower;
  private final DashboardTopics topics;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread created = new Thread(task, "undertone-dashboard-screens");
            created.setDaemon(true);
            return created;
          });
  private final Map<CallKey, Shown> shown = new LinkedHashMap<>();
  private final List<Screen> screens = new ArrayList<>();
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();
  private boolean loading = true;
  private long ticks;

  private record Shown(String json, boolean live, long lastNewsMs) {}

  public ScreenHub(CallWindow window, TopicFollower follower, DashboardTopics topics) {
    this.window = window;
    this.follower = follower;
    this.topics = topics;
  }

  public void start() {
    thread.scheduleWithFixedDelay(
        this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sends a screen the snapshot, then all changes until it is closed. */
  public void join(Screen screen) {
    thread.execute(
        () -> {
          sendNews();
          screens.add(screen);
          connected.set(screens.size());
          send(screen, snapshot(screen.visitor()));
        });
  }

  /** What a screen would get first, as JSON. */
  public String snapshotFor(Visitor visitor) {
    return CompletableFuture.supplyAsync(() -> snapshot(visitor).data(), thread).join();
  }

  /** Screens that are connected. */
  public int connected() {
    return connected.get();
  }

  /** Screens that were closed because they were too slow. */
  public int dropped() {
    return dropped.get();
  }

  private void tick() {
    try {
      ticks++;
      if (ticks % TICKS_BETWEEN_PINGS == 0) {
        window.forgetOld();
      }
      sendNews();
    } catch (RuntimeException e) {
      LOG.error("the screens got no news", e);
    }
  }

  private void sendNews() {
    if (!follower.historyIsRead()) {
      return;
    }
    String id = follower.offsets().id();
    Changes changes = window.takeChanges();
    Map<CallKey, Boolean> removed = new LinkedHashMap<>();
    changes.erased().forEach(key -> removed.put(key, true));
    changes.forgotten().forEach(key -> removed.put(key, false));
    long oldest = System.currentTimeMillis() - SHOWN_AFTER_END.toMillis();
    shown.forEach(
        (key, row) -> {
          if (!row.live() && row.lastNewsMs() < oldest) {
            removed.putIfAbsent(key, false);
          }
        });
    removed.keySet().forEach(shown::remove);
    Map<CallKey, String> news = new LinkedHashMap<>();
    for (CallKey key : withSilent(changes.changed())) {
      show(key, oldest).ifPresent(json -> news.put(key, json));
    }
    screens.removeIf(Screen::isClosed);
    if (loading) {
      loading = false;
      screens.forEach(screen -> send(screen, snapshot(screen.visitor())));
    } else if (!news.isEmpty() || !removed.isEmpty() || ticks % TICKS_BETWEEN_PINGS == 0) {
      sendDeltas(id, news, removed);
    }
    connected.set(screens.size());
  }

  /** With live calls that have been silent for so long that they count as ended. */
  private Set<CallKey> withSilent(Set<CallKey> changed) {
    long silent = System.currentTimeMillis() - CallWindow.LONGEST_SILENCE.toMillis();
    shown.forEach(
        (key, row) -> {
          if (row.live() && row.lastNewsMs() < silent) {
            changed.add(key);
          }
        });
    return changed;
  }

  private Optional<String> show(CallKey key, long oldestEnd) {
    Optional<CallState> found = window.call(key);
    if (found.isEmpty() || (!found.get().live() && found.get().lastRecordMs() < oldestEnd)) {
      return Optional.empty();
    }
    CallState call = found.get();
    String json = Json.of(CallRow.of(call));
    shown.put(key, new Shown(json, call.live(), call.lastRecordMs()));
    return Optional.of(json);
  }

  /** One message for all screens that may see the same tenants. */
  private void sendDeltas(String id, Map<CallKey, String> news, Map<CallKey, Boolean> removed) {
    Map<Set<String>, Message> messages = new HashMap<>();
    for (Screen screen : screens) {
      Message message =
          messages.computeIfAbsent(
              screen.visitor().tenants(), tenants -> delta(id, screen.visitor(), news, removed));
      send(screen, message);
    }
  }

  private Message delta(
      String id, Visitor visitor, Map<CallKey, String> news, Map<CallKey, Boolean> removed) {
    List<String> rows = new ArrayList<>();
    news.forEach(
        (key, json) -> {
          if (visitor.maySee(key)) {
            rows.add(json);
          }
        });
    List<String> gone = new ArrayList<>();
    removed.forEach(
        (key, erased) -> {
          if (visitor.maySee(key)) {
            gone.add(Json.of(new Removed(key.tenant(), key.conversation(), erased)));
          }
        });
    return new Message("delta", id, document(rows, gone));
  }

  private Message snapshot(Visitor visitor) {
    List<String> rows = new ArrayList<>();
    shown.forEach(
        (key, row) -> {
          if (visitor.maySee(key)) {
            rows.add(row.json());
          }
        });
    return new Message("snapshot", follower.offsets().id(), document(rows, List.of()));
  }

  private record Removed(String tenant, String conversation, boolean erased) {}

  private String document(List<String> rows, List<String> removed) {
    return """
    {"nowMs":%d,"loading":%b,"kafkaAway":%b,"takesFeedback":%b,"takesResponses":%b,\
    "calls":[%s],"removed":[%s]}\
    """
        .formatted(
            System.currentTimeMillis(),
            loading,
            follower.failure() != null,
            follower.knows(topics.feedback()),
            follower.knows(topics.responses()),
            String.join(",", rows),
            String.join(",", removed));
  }

  private void send(Screen screen, Message message) {
    if (!screen.offer(message)) {
      screen.close();
      dropped.incrementAndGet();
      LOG.info("a screen of {} is too slow, and was closed", screen.visitor().name());
    }
  }

  @Override
  public void close() {
    thread.execute(() -> screens.forEach(Screen::close));
    thread.shutdown();
  }
}
