package io.undertone.operators.recognize;

import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.recognizer.RecognizerClient;
import io.undertone.operators.Conversation;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * The memories of a subtask's calls on the device: those in use, and those that are idle until
 * their channel's next utterance, up to a number of bytes. Keyed state lags behind them: what an
 * idle memory has learned is saved there before each snapshot and before it leaves the device.
 */
final class ResidentMemories implements AutoCloseable {
  private final KeyContext keys;
  private final ConversationMemories state;
  private final RecognizeOptions options;
  private final LongSupplier clockMs;
  private final Map<MemoryKey, Resident> inUse = new HashMap<>();

  /** The longest idle first. */
  private final Map<MemoryKey, Resident> idle = new LinkedHashMap<>();

  private final AtomicLong idleBytes = new AtomicLong();

  /** A memory on the device. */
  static final class Resident {
    private final MemoryKey key;
    private final ChannelMemory memory;
    private long idleSinceMs;
    private boolean saved = true;

    private Resident(MemoryKey key, ChannelMemory memory) {
      this.key = key;
      this.memory = memory;
    }

    MemoryKey key() {
      return key;
    }

    ChannelMemory memory() {
      return memory;
    }
  }

  /**
   * @param keys is given the call's key before its state is touched
   */
  ResidentMemories(
      KeyContext keys, ConversationMemories state, RecognizeOptions options, LongSupplier clockMs) {
    this.keys = keys;
    this.state = state;
    this.options = options;
    this.clockMs = clockMs;
  }

  /** A channel's memory, which is in use from now on. */
  ChannelMemory use(MemoryKey key, Conversation conversation) throws Exception {
    eraseExpired();
    Resident resident = idle.get(key);
    if (resident == null) {
      keys.setCurrentKey(key.call());
      resident = new Resident(key, state.load(conversation, key.channel()));
    } else {
      removeIdle(resident);
    }
    inUse.put(key, resident);
    return resident.memory;
  }

  /** What the call's other side was last heard to feel. */
  Optional<EmotionEstimate> otherSide(MemoryKey key) throws Exception {
    keys.setCurrentKey(key.call());
    return state.lastEstimates().besides(key.channel());
  }

  /**
   * A memory that was in use has learned, and is idle.
   *
   * @param endOffsetMs end of what was heard
   */
  void learned(MemoryKey key, long endOffsetMs, EmotionEstimate estimate) throws Exception {
    keys.setCurrentKey(key.call());
    state.lastEstimates().put(key.channel(), endOffsetMs, estimate);
    Resident resident = removeInUse(key);
    resident.saved = false;
    resident.idleSinceMs = clockMs.getAsLong();
    idle.put(key, resident);
    idleBytes.addAndGet(resident.memory.sizeBytes());
  }

  /** The call is over: nothing of any channel stays. None of its memories is in use. */
  void eraseCall(String call) {
    List<Resident> ofCall =
        idle.values().stream().filter(resident -> resident.key.call().equals(call)).toList();
    ofCall.forEach(this::takeFromDevice);
    keys.setCurrentKey(call);
    state.eraseAll();
  }

  /** Erases what has been idle for as long as a memory lives. */
  void eraseExpired() throws Exception {
    long expiredMs = clockMs.getAsLong() - options.memoryTtlMs();
    while (!idle.isEmpty()) {
      Resident longest = idle.values().iterator().next();
      if (longest.idleSinceMs > expiredMs) {
        return;
      }
      takeFromDevice(longest);
      keys.setCurrentKey(longest.key.call());
      state.erase(longest.key.channel());
    }
  }

  /**
   * Makes room where idle memories take too much of the device: what is saved leaves at once.
   *
   * @param mayWait whether a call can be made to wait while a memory of it is saved
   * @return a memory that has to be saved first, and is in use until {@link #evict}; null where
   *     there is room, or nothing more can be done about it
   */
  @Nullable Resident overflow(Predicate<String> mayWait) {
    while (idleBytes.get() > options.residentBytes()) {
      Resident leaving = longestIdle(mayWait);
      if (leaving == null) {
        return null;
      }
      if (!leaving.saved) {
        removeIdle(leaving);
        inUse.put(leaving.key, leaving);
        return leaving;
      }
      takeFromDevice(leaving);
    }
    return null;
  }

  private @Nullable Resident longestIdle(Predicate<String> mayWait) {
    return idle.values().stream()
        .filter(resident -> resident.saved || mayWait.test(resident.key.call()))
        .findFirst()
        .orElse(null);
  }

  /** Saves a memory that was in use, and takes it from the device. */
  void evict(MemoryKey key, MemorySnapshot snapshot) throws Exception {
    keys.setCurrentKey(key.call());
    state.save(key.channel(), snapshot);
    removeInUse(key).memory.close();
  }

  /**
   * Saves all that idle memories have learned.
   *
   * @return the bytes that were written
   */
  long saveAll(RecognizerClient client) throws Exception {
    List<Resident> unsaved = idle.values().stream().filter(resident -> !resident.saved).toList();
    Iterator<MemorySnapshot> snapshots =
        client.snapshots(unsaved.stream().map(Resident::memory).toList());
    long bytes = 0;
    for (Resident resident : unsaved) {
      keys.setCurrentKey(resident.key.call());
      bytes += state.save(resident.key.channel(), snapshots.next());
      resident.saved = true;
    }
    return bytes;
  }

  private void takeFromDevice(Resident resident) {
    removeIdle(resident);
    resident.memory.close();
  }

  private void removeIdle(Resident resident) {
    idle.remove(resident.key);
    idleBytes.addAndGet(-resident.memory.sizeBytes());
  }

  private Resident removeInUse(MemoryKey key) {
    Resident resident = inUse.remove(key);
    if (resident == null) {
      throw new IllegalStateException("memory must be in use, but is not: " + key);
    }
    return resident;
  }

  /** What idle memories take of the device; for any thread. */
  long idleBytes() {
    return idleBytes.get();
  }

  /** Takes all from the device; nothing is saved. */
  @Override
  public void close() {
    idle.values().forEach(resident -> resident.memory.close());
    inUse.values().forEach(resident -> resident.memory.close());
    idle.clear();
    inUse.clear();
    idleBytes.set(0);
  }
}
