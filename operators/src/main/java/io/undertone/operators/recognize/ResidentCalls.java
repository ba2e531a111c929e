package io.undertone.operators.recognize;

import io.undertone.model.ChannelMemory;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.Recognition;
import io.undertone.model.call.ChannelState;
import io.undertone.model.call.LiveCall;
import io.undertone.model.recognizer.RecognizerClient;
import io.undertone.operators.Conversation;
import io.undertone.schemas.MemoryReset;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * A subtask's calls on the device: those in use, and those that are idle until their next
 * utterance, up to a number of bytes. A call is on the device as a whole, but a channel's memory
 * only from the channel's first utterance on. Keyed state is older than resident calls: updated
 * channels are saved before each snapshot, and before their call leaves the device.
 */
final class ResidentCalls implements AutoCloseable {
  private final KeyContext keys;
  private final CallStates states;
  private final RecognizeOptions options;
  private final LongSupplier clockMs;
  private final TenantCalls tenants;
  private final Map<String, ResidentCall> inUse = new HashMap<>();

  /** The call whose last update is oldest comes first. */
  private final Map<String, ResidentCall> idle = new LinkedHashMap<>();

  private final AtomicLong idleBytes = new AtomicLong();
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong loads = new AtomicLong();

  /**
   * @param keys gets the key of a call before its state is touched
   * @param clockMs of a {@link RunningClock}
   */
  ResidentCalls(
      KeyContext keys, CallStates states, RecognizeOptions options, LongSupplier clockMs) {
    this.keys = keys;
    this.states = states;
    this.options = options;
    this.clockMs = clockMs;
    tenants = new TenantCalls(options.load().mostCallsOfTenant());
  }

  /** Whether a call has a memory, or may begin one. */
  boolean admits(Conversation conversation) throws Exception {
    if (tenants.hasRoom(conversation)) {
      return true;
    }
    keys.setCurrentKey(conversation.key());
    return !states.isEmpty();
  }

  /**
   * A call, which is in use until {@link #recognized} or {@link #unchanged}; its key is the current
   * one.
   */
  ResidentCall use(Conversation conversation) throws Exception {
    eraseExpired();
    String key = conversation.key();
    keys.setCurrentKey(key);
    ResidentCall call = idle.get(key);
    if (call == null) {
      states.eraseUntil(expiredMs());
      Map<Integer, MemoryReset> resets = new HashMap<>();
      LiveCall<ChannelMemory> live = states.load(conversation, resets);
      Map<Integer, Long> updatedMs = states.updatedMs();
      if (!updatedMs.isEmpty()) {
        loads.incrementAndGet();
      }
      call = new ResidentCall(key, live, resets, updatedMs);
    } else {
      hits.incrementAndGet();
      removeIdle(call);
      eraseExpiredChannels(call);
    }
    inUse.put(key, call);
    tenants.add(conversation);
    return call;
  }

  /**
   * An utterance of a call in use was recognized: the call is idle.
   *
   * @param endOffsetMs end of the utterance, since the call's start
   */
  void recognized(ResidentCall call, int channel, long endOffsetMs, Recognition recognition) {
    call.recognized(channel, endOffsetMs, recognition.estimate(), clockMs.getAsLong());
    unchanged(call);
  }

  /** A call in use is idle, and has not changed. */
  void unchanged(ResidentCall call) {
    removeInUse(call);
    idle.put(call.key(), call);
    idleBytes.addAndGet(call.sizeBytes());
  }

  /** A call has ended and is not in use: erases it from the device and from keyed state. */
  void eraseCall(String key) {
    ResidentCall call = idle.get(key);
    if (call != null) {
      takeFromDevice(call);
    }
    tenants.remove(Conversation.ofKey(key));
    keys.setCurrentKey(key);
    states.eraseAll();
  }

  /** Erases the calls that were not updated for the time to live. */
  void eraseExpired() {
    while (!idle.isEmpty()) {
      ResidentCall oldest = idle.values().iterator().next();
      if (oldest.lastUpdatedMs() > expiredMs()) {
        return;
      }
      eraseCall(oldest.key());
    }
  }

  /** Erases silent channels of a call, which need not have expired itself. */
  private void eraseExpiredChannels(ResidentCall call) throws Exception {
    for (int channel : call.dropChannels(expiredMs())) {
      keys.setCurrentKey(call.key());
      states.erase(channel);
    }
  }

  private long expiredMs() {
    return clockMs.getAsLong() - options.memoryTtlMs();
  }

  /**
   * Makes room where idle calls take too much of the device. Calls that are saved leave at once.
   *
   * @return a call that has to be saved first, and is in use until {@link #evict}; null if there is
   *     room
   */
  @Nullable ResidentCall overflow() {
    while (idleBytes.get() > options.residentBytes()) {
      ResidentCall oldest = idle.values().iterator().next();
      if (!oldest.unsaved().isEmpty()) {
        removeIdle(oldest);
        inUse.put(oldest.key(), oldest);
        return oldest;
      }
      takeFromDevice(oldest);
    }
    return null;
  }

  /**
   * Saves a call that was in use, and takes it from the device.
   *
   * @param snapshots of its unsaved memories, in their order
   */
  void evict(ResidentCall call, List<MemorySnapshot> snapshots) throws Exception {
    save(call, snapshots.iterator());
    removeInUse(call);
    call.close();
  }

  /**
   * Saves all updates of idle calls, as long as no call is in use.
   *
   * @return the bytes that were written
   */
  long saveAll(RecognizerClient client) throws Exception {
    for (ResidentCall call : idle.values()) {
      long sizeBytes = call.sizeBytes();
      eraseExpiredChannels(call);
      idleBytes.addAndGet(call.sizeBytes() - sizeBytes);
    }
    List<ResidentCall> unsaved =
        idle.values().stream().filter(call -> !call.unsaved().isEmpty()).toList();
    List<ChannelMemory> memories =
        unsaved.stream().flatMap(call -> call.unsavedMemories().stream()).toList();
    Iterator<MemorySnapshot> snapshots = client.readSnapshots(memories);
    long bytes = 0;
    for (ResidentCall call : unsaved) {
      bytes += save(call, snapshots);
    }
    return bytes;
  }

  private long save(ResidentCall call, Iterator<MemorySnapshot> snapshots) throws Exception {
    keys.setCurrentKey(call.key());
    long bytes = 0;
    for (int channel : call.unsaved()) {
      ChannelState state = call.saved(channel, snapshots.next(), options.saving());
      bytes += states.save(call.key(), channel, state, call.updatedMs(channel));
    }
    return bytes;
  }

  private void takeFromDevice(ResidentCall call) {
    removeIdle(call);
    call.close();
  }

  private void removeIdle(ResidentCall call) {
    idle.remove(call.key());
    idleBytes.addAndGet(-call.sizeBytes());
  }

  private void removeInUse(ResidentCall call) {
    if (inUse.remove(call.key()) == null) {
      throw new IllegalStateException(
          "call must be in use, but is not: " + Conversation.logName(call.key()));
    }
  }

  /** Calls with a memory, as far as they have spoken since the last restart. Thread-safe. */
  int live() {
    return tenants.size();
  }

  /** How often a call was on the device when it was needed. Thread-safe. */
  long hits() {
    return hits.get();
  }

  /** How often a call had to be read from keyed state first. Thread-safe. */
  long loads() {
    return loads.get();
  }

  /** Bytes of idle calls on the device. Thread-safe. */
  long idleBytes() {
    return idleBytes.get();
  }

  /** Takes all calls from the device. Nothing is saved. */
  @Override
  public void close() {
    idle.values().forEach(ResidentCall::close);
    inUse.values().forEach(ResidentCall::close);
    idle.clear();
    inUse.clear();
    idleBytes.set(0);
  }
}
