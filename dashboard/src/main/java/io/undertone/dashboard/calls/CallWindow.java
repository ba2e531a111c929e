package io.undertone.dashboard.calls;

import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertResponse;
import io.undertone.schemas.EmotionEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The calls of the last hours. It is filled from Kafka only, so that a server that starts again
 * shows the same. Safe for threads.
 */
public final class CallWindow {
  /** After so long without any event, a call counts as ended: its summary is lost. */
  public static final Duration LONGEST_SILENCE = Duration.ofMinutes(30);

  private static final int ERASED_CALLS = 100_000;

  private final WindowBounds bounds;
  private final Clock clock;

  /** Least recent news first. */
  private final LinkedHashMap<CallKey, Call> calls = new LinkedHashMap<>();

  private final LinkedHashSet<CallKey> tombstones = new LinkedHashSet<>();
  private Set<CallKey> changed = new LinkedHashSet<>();
  private Set<CallKey> erased = new HashSet<>();
  private Set<CallKey> forgotten = new HashSet<>();
  private long bytes;

  public CallWindow(WindowBounds bounds, Clock clock) {
    this.bounds = bounds;
    this.clock = clock;
  }

  public WindowBounds bounds() {
    return bounds;
  }

  /**
   * Takes an event.
   *
   * @param recordMs when the broker got it
   */
  public synchronized void apply(EmotionEvent event, long recordMs) {
    CallKey key = new CallKey(Shared.text(event.getTenant()), event.getConversationId());
    switch (event.getKind()) {
      case UTTERANCE -> update(key, call -> call.add(event, recordMs));
      case CONVERSATION -> update(key, call -> call.end(event, recordMs));
      case ERASED -> erase(key);
      // A kind of a later version.
      case OTHER -> {}
    }
  }

  /**
   * Takes a state of an alert.
   *
   * @param recordMs when the broker got it
   */
  public synchronized void apply(Alert alert, long recordMs) {
    CallKey key = new CallKey(Shared.text(alert.getTenant()), alert.getConversationId());
    switch (alert.getState()) {
      case PENDING, FIRING, RESOLVED -> update(key, call -> call.alert(alert, recordMs));
      case ERASED -> erase(key);
      // A state of a later version.
      case OTHER -> {}
    }
  }

  /**
   * Takes what somebody does about an alert.
   *
   * @param recordMs when the broker got it
   */
  public synchronized void apply(AlertResponse response, long recordMs) {
    CallKey key = new CallKey(Shared.text(response.getTenant()), response.getConversationId());
    update(key, call -> call.respond(response, recordMs));
  }

  private void update(CallKey key, Consumer<Call> update) {
    if (tombstones.contains(key)) {
      return;
    }
    Call known = calls.remove(key);
    Call call = known == null ? new Call(key) : known;
    bytes -= known == null ? 0 : call.bytes();
    update.accept(call);
    bytes += call.bytes();
    calls.put(key, call);
    changed.add(key);
    forgotten.remove(key);
    keepBounds();
  }

  private void erase(CallKey key) {
    tombstones.add(key);
    if (tombstones.size() > ERASED_CALLS) {
      tombstones.remove(tombstones.iterator().next());
    }
    remove(key);
    changed.remove(key);
    forgotten.remove(key);
    // Told even if it was unknown: a screen may show it from before.
    erased.add(key);
  }

  private void remove(CallKey key) {
    Call call = calls.remove(key);
    if (call != null) {
      bytes -= call.bytes();
    }
  }

  private void forget(CallKey key) {
    remove(key);
    changed.remove(key);
    forgotten.add(key);
  }

  private void keepBounds() {
    while (calls.size() > bounds.calls() || (bytes > bounds.bytes() && calls.size() > 1)) {
      forget(oldest());
    }
  }

  /** The ended call with the oldest news; without one, the oldest. Looks at few calls. */
  private CallKey oldest() {
    int looked = 0;
    for (Map.Entry<CallKey, Call> entry : calls.entrySet()) {
      if (entry.getValue().hasEnded()) {
        return entry.getKey();
      }
      if (++looked == 1000) {
        break;
      }
    }
    return calls.keySet().iterator().next();
  }

  /** Forgets the calls whose last event is older than the history. */
  public synchronized void forgetOld() {
    long oldest = clock.millis() - bounds.history().toMillis();
    List<CallKey> old = new ArrayList<>();
    for (Call call : calls.values()) {
      if (call.lastRecordMs() < oldest) {
        old.add(call.key());
      }
    }
    old.forEach(this::forget);
  }

  /** The changes since this was last called. */
  public synchronized Changes takeChanges() {
    Changes taken = new Changes(changed, erased, forgotten);
    changed = new LinkedHashSet<>();
    erased = new HashSet<>();
    forgotten = new HashSet<>();
    return taken;
  }

  /** A call; empty if it is unknown, forgotten or erased. */
  public synchronized Optional<CallState> call(CallKey key) {
    return Optional.ofNullable(calls.get(key)).filter(Call::isKnown).map(this::state);
  }

  /** All calls, the one with the oldest news first. */
  public synchronized List<CallKey> keys() {
    return List.copyOf(calls.keySet());
  }

  /** All calls that someone may see, the one with the oldest news first. */
  public List<CallState> calls(Predicate<CallKey> visible) {
    List<CallState> states = new ArrayList<>();
    // Call by call: the reader must not wait for all of them.
    for (CallKey key : keys()) {
      if (visible.test(key)) {
        call(key).ifPresent(states::add);
      }
    }
    return states;
  }

  public synchronized int size() {
    return calls.size();
  }

  /** An estimate of the memory that the calls need. */
  public synchronized long bytes() {
    return bytes;
  }

  private CallState state(Call call) {
    boolean recent = clock.millis() - call.lastRecordMs() < LONGEST_SILENCE.toMillis();
    return call.state(recent && !call.hasEnded());
  }
}
