package io.undertone.operators.recognize;

import io.undertone.model.EmotionEstimate;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * What each channel of a call was last heard to feel, and when: keyed state, of the current key's
 * call. People answer the feelings of those to whom they talk.
 */
final class LastEstimates {

  /** End of the utterance in the call, in ms, and its probabilities. */
  private final MapState<Integer, Tuple2<Long, float[]>> byChannel;

  LastEstimates(MapState<Integer, Tuple2<Long, float[]>> byChannel) {
    this.byChannel = byChannel;
  }

  static MapStateDescriptor<Integer, Tuple2<Long, float[]>> descriptor(StateTtlConfig timeToLive) {
    MapStateDescriptor<Integer, Tuple2<Long, float[]>> descriptor =
        new MapStateDescriptor<>(
            "last-estimate-by-channel",
            Types.INT,
            Types.TUPLE(Types.LONG, PrimitiveArrayTypeInfo.FLOAT_PRIMITIVE_ARRAY_TYPE_INFO));
    descriptor.enableTimeToLive(timeToLive);
    return descriptor;
  }

  /**
   * Of all channels but one, that of the utterance that ended last, among those that were heard so
   * far: where a channel's own audio came late, that may be later than what is heard now.
   */
  Optional<EmotionEstimate> besides(int channel) throws Exception {
    Tuple2<Long, float[]> last = null;
    for (Map.Entry<Integer, Tuple2<Long, float[]>> one : byChannel.entries()) {
      if (one.getKey() != channel && (last == null || one.getValue().f0 > last.f0)) {
        last = one.getValue();
      }
    }
    return last == null ? Optional.empty() : Optional.of(new EmotionEstimate(last.f1));
  }

  void put(int channel, long endOffsetMs, EmotionEstimate estimate) throws Exception {
    byChannel.put(channel, Tuple2.of(endOffsetMs, estimate.toArray()));
  }

  void erase(int channel) throws Exception {
    byChannel.remove(channel);
  }

  void eraseAll() {
    byChannel.clear();
  }
}
