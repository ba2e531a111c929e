package io.undertone.operators.emit;

import io.undertone.operators.Conversation;
import io.undertone.operators.encryption.StateCipher;
import io.undertone.operators.encryption.StateEntry;
import io.undertone.operators.state.TrajectoryPoint;
import io.undertone.operators.state.UtteranceEstimate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;

/**
 * Keyed state: the utterances of the current call. If the job has keys, what they tell of voice and
 * emotion is encrypted; who spoke when is not.
 */
final class TrajectoryState {
  private static final String NAME = "trajectory";

  private final ListState<TrajectoryPoint> points;
  private final StateCipher cipher;

  private TrajectoryState(ListState<TrajectoryPoint> points, StateCipher cipher) {
    this.points = points;
    this.cipher = cipher;
  }

  static TrajectoryState of(RuntimeContext runtime, StateCipher cipher) {
    return new TrajectoryState(
        runtime.getListState(
            new ListStateDescriptor<>(NAME, new AvroTypeInfo<>(TrajectoryPoint.class))),
        cipher);
  }

  /**
   * Adds an utterance.
   *
   * @param call key of the current call
   */
  void add(String call, TrajectoryPoint point) throws Exception {
    points.add(cipher.encrypts() ? seal(call, point) : point);
  }

  /** All utterances in their order. */
  List<TrajectoryPoint> all(String call) throws Exception {
    List<TrajectoryPoint> all = new ArrayList<>();
    for (TrajectoryPoint point : points.get()) {
      all.add(open(call, point));
    }
    return all;
  }

  /** The utterances, the latest first. Each is decrypted when its turn comes. */
  Iterable<TrajectoryPoint> latestFirst(String call) throws Exception {
    List<TrajectoryPoint> all = new ArrayList<>();
    points.get().forEach(all::add);
    Collections.reverse(all);
    return () -> all.stream().map(point -> open(call, point)).iterator();
  }

  void clear() {
    points.clear();
  }

  private TrajectoryPoint seal(String call, TrajectoryPoint point) throws IOException {
    UtteranceEstimate estimate =
        new UtteranceEstimate(
            point.getProbabilities(), point.getLoudnessDbfs(), point.getSyllablesPerSecond());
    return withoutEstimate(point)
        .setProbabilities(List.of())
        .setSealed(
            cipher.encrypt(UtteranceEstimate.getEncoder().encode(estimate), entry(call, point)))
        .build();
  }

  private TrajectoryPoint open(String call, TrajectoryPoint point) {
    if (point.getSealed() == null) {
      return point;
    }
    UtteranceEstimate estimate;
    try {
      estimate =
          UtteranceEstimate.getDecoder()
              .decode(cipher.decrypt(point.getSealed(), entry(call, point)));
    } catch (IOException e) {
      throw new IllegalStateException(
          "a sealed estimate of " + Conversation.logName(call) + " must be readable", e);
    }
    return withoutEstimate(point)
        .setProbabilities(estimate.getProbabilities())
        .setLoudnessDbfs(estimate.getLoudnessDbfs())
        .setSyllablesPerSecond(estimate.getSyllablesPerSecond())
        .build();
  }

  private static TrajectoryPoint.Builder withoutEstimate(TrajectoryPoint point) {
    return TrajectoryPoint.newBuilder()
        .setChannel(point.getChannel())
        .setRole(point.getRole())
        .setBeginOffsetMs(point.getBeginOffsetMs())
        .setEndOffsetMs(point.getEndOffsetMs())
        .setUpdateStep(point.getUpdateStep());
  }

  private static StateEntry entry(String call, TrajectoryPoint point) {
    return new StateEntry(NAME, call, point.getChannel(), point.getBeginOffsetMs());
  }
}
