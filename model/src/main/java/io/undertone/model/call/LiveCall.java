package io.undertone.model.call;

import io.undertone.audio.Pcm;
import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.RecognitionRequest;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * A call while its utterances are recognized, one at a time: the live memory of each channel, and
 * the last estimate of each channel, which is passed to the other channels.
 *
 * <pre>
 * utterance ─► request ─► the model ─► recognized ─► next utterance
 * </pre>
 *
 * <p>For use by one thread.
 *
 * @param <M> the kind of memory
 */
public final class LiveCall<M extends ChannelMemory> implements AutoCloseable {
  private final IntFunction<M> source;
  private final SortedMap<Integer, M> memories = new TreeMap<>();
  private final SortedMap<Integer, LastEstimate> lastEstimates;

  /**
   * A new call.
   *
   * @param source opens the memory of a channel; called when a channel first needs one
   */
  public LiveCall(IntFunction<M> source) {
    this(Map.of(), source);
  }

  /**
   * A call that goes on.
   *
   * @param lastEstimates by channel
   * @param source opens the memory of a channel, saved or new; called when a channel first needs
   *     one
   */
  public LiveCall(Map<Integer, LastEstimate> lastEstimates, IntFunction<M> source) {
    this.source = source;
    this.lastEstimates = new TreeMap<>(lastEstimates);
  }

  /** The request to recognize the next utterance of a channel. */
  public RecognitionRequest request(int channel, Pcm utterance) {
    return new RecognitionRequest(utterance, memory(channel), otherSide(channel));
  }

  /** The live memory of a channel. */
  public M memory(int channel) {
    return memories.computeIfAbsent(channel, source::apply);
  }

  /** All live memories, by channel. */
  public SortedMap<Integer, M> memories() {
    return Collections.unmodifiableSortedMap(memories);
  }

  /** The channels that have a memory or a last estimate. */
  public SortedSet<Integer> channels() {
    SortedSet<Integer> channels = new TreeSet<>(memories.keySet());
    channels.addAll(lastEstimates.keySet());
    return channels;
  }

  /**
   * Of all other channels, the estimate of the utterance that ended last; the lowest channel's if
   * several ended then. If a channel's audio came late, that utterance may end after the one that
   * you ask for.
   */
  public Optional<EmotionEstimate> otherSide(int channel) {
    LastEstimate last = null;
    for (Map.Entry<Integer, LastEstimate> other : lastEstimates.entrySet()) {
      LastEstimate candidate = other.getValue();
      if (other.getKey() != channel
          && (last == null || candidate.endOffsetMs() > last.endOffsetMs())) {
        last = candidate;
      }
    }
    return Optional.ofNullable(last).map(LastEstimate::estimate);
  }

  /**
   * Records the estimate of an utterance. The model has updated the memory of its channel.
   *
   * @param endOffsetMs end of the utterance, since the call's start
   */
  public void recognized(int channel, long endOffsetMs, EmotionEstimate estimate) {
    lastEstimates.put(channel, new LastEstimate(estimate, endOffsetMs));
  }

  /**
   * A channel as it is saved.
   *
   * @param snapshot of the channel's memory
   */
  public ChannelState state(int channel, MemorySnapshot snapshot, MemoryEncoding encoding) {
    return ChannelState.of(Optional.ofNullable(lastEstimates.get(channel)), snapshot, encoding);
  }

  /** Closes the memory of a channel and forgets its last estimate. */
  public void drop(int channel) {
    lastEstimates.remove(channel);
    M memory = memories.remove(channel);
    if (memory != null) {
      memory.close();
    }
  }

  /** Closes all memories. Nothing is saved. */
  @Override
  public void close() {
    memories.values().forEach(ChannelMemory::close);
    memories.clear();
  }
}
