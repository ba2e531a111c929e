package io.undertone.operators.recognize;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.call.ChannelState;
import io.undertone.model.call.LastEstimate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * The keyed state of savepoints from before {@link ChannelState}: memories in one map, last
 * estimates in another. It is read once for each call and then erased; nothing writes it.
 */
final class FormerCallStates {
  private static final Duration FOREVER = Duration.ofDays(100 * 365);

  private final MapState<Integer, byte[]> memories;

  /** End of the utterance in the call, in ms, and its probabilities. */
  private final MapState<Integer, Tuple2<Long, float[]>> lastEstimates;

  FormerCallStates(
      MapState<Integer, byte[]> memories, MapState<Integer, Tuple2<Long, float[]>> lastEstimates) {
    this.memories = memories;
    this.lastEstimates = lastEstimates;
  }

  static FormerCallStates of(RuntimeContext runtime) {
    return new FormerCallStates(
        runtime.getMapState(memories()), runtime.getMapState(lastEstimates()));
  }

  /** The state of memories; each call of a former savepoint has an entry. */
  static MapStateDescriptor<Integer, byte[]> memories() {
    return everlasting(
        new MapStateDescriptor<>(
            "memory-by-channel", Types.INT, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  private static MapStateDescriptor<Integer, Tuple2<Long, float[]>> lastEstimates() {
    return everlasting(
        new MapStateDescriptor<>(
            "last-estimate-by-channel",
            Types.INT,
            Types.TUPLE(Types.LONG, PrimitiveArrayTypeInfo.FLOAT_PRIMITIVE_ARRAY_TYPE_INFO)));
  }

  /**
   * A state that savepoints have with Flink's time to live. Not every backend restores it without
   * one, so it keeps one that never ends: Flink's goes on while the job is down.
   */
  static <T> MapStateDescriptor<Integer, T> everlasting(MapStateDescriptor<Integer, T> descriptor) {
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(FOREVER).build());
    return descriptor;
  }

  /** Reads the channels of the current key's call, and removes them. */
  Map<Integer, ChannelState> take() throws Exception {
    Map<Integer, ChannelState> channels = read();
    erase();
    return channels;
  }

  /** Reads the channels of the current key's call. */
  Map<Integer, ChannelState> read() throws Exception {
    Map<Integer, ChannelState> channels = new HashMap<>();
    // A memory was always written after the estimate of its last utterance, so it lives longer.
    for (Map.Entry<Integer, byte[]> memory : memories.entries()) {
      channels.put(
          memory.getKey(), new ChannelState(lastEstimate(memory.getKey()), memory.getValue()));
    }
    return channels;
  }

  private Optional<LastEstimate> lastEstimate(int channel) throws Exception {
    Tuple2<Long, float[]> last = lastEstimates.get(channel);
    return last == null
        ? Optional.empty()
        : Optional.of(new LastEstimate(new EmotionEstimate(last.f1), last.f0));
  }

  boolean isEmpty() throws Exception {
    return memories.isEmpty();
  }

  void erase() {
    memories.clear();
    lastEstimates.clear();
  }
}
