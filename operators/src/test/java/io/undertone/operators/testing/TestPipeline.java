package io.undertone.operators.testing;

import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.operators.CallEnd;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.chunk.PartitionTime;
import io.undertone.operators.chunk.TimedChunk;
import io.undertone.operators.decode.ControlFunction;
import io.undertone.operators.decode.DecodeFunction;
import io.undertone.operators.decode.DecodeOptions;
import io.undertone.operators.decode.IncomingRecord;
import io.undertone.operators.emit.EmitOptions;
import io.undertone.operators.emit.Erasures;
import io.undertone.operators.encryption.StateKeySource;
import io.undertone.operators.order.OrderOptions;
import io.undertone.operators.recognize.RecognizeOptions;
import io.undertone.operators.segment.SegmentOptions;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.SpokenUtterance;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.ErasureRecord;
import io.undertone.schemas.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.types.Either;
import org.jspecify.annotations.Nullable;

/** All stages, from records to events, with a fake model and a loudness detector. */
public final class TestPipeline implements AutoCloseable {
  private final OneInputStreamOperatorTestHarness<IncomingRecord, Either<TimedChunk, PartitionTime>>
      decode;
  private final OneInputStreamOperatorTestHarness<IncomingRecord, Either<TimedChunk, PartitionTime>>
      control;
  private final KeyedStage<Either<TimedChunk, PartitionTime>, Either<OrderedChunk, CallEnd>> order;
  private final KeyedStage<Either<OrderedChunk, CallEnd>, Either<SpokenUtterance, CallEnd>> segment;
  private final KeyedStage<Either<SpokenUtterance, CallEnd>, Either<RecognizedUtterance, CallEnd>>
      recognize;
  private final KeyedStage<Either<RecognizedUtterance, CallEnd>, EmotionEvent> emit;
  private final List<EmotionEvent> events = new ArrayList<>();

  /** Snapshots of all keyed state. */
  public record Snapshot(
      OperatorSubtaskState decode,
      OperatorSubtaskState order,
      OperatorSubtaskState segment,
      OperatorSubtaskState recognize,
      OperatorSubtaskState emit) {}

  private TestPipeline(
      Backend backend,
      int parallelism,
      StateKeySource keys,
      @Nullable Snapshot from,
      Set<Role> activityRoles)
      throws Exception {
    Set<Role> heard = new HashSet<>(activityRoles);
    heard.add(Role.CUSTOMER);
    decode =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(
                new DecodeFunction(DecodeOptions.defaults().withAnalysedRoles(heard))),
            KeyedStage.MAX_PARALLELISM,
            parallelism,
            0);
    decode.setup(Serialization.serializer(Stages.DECODED));
    if (from != null) {
      decode.initializeState(from.decode());
    }
    decode.open();
    control = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new ControlFunction()));
    control.setup(Serialization.serializer(Stages.DECODED));
    control.open();
    order =
        KeyedStage.open(
            Stages.order(
                OrderOptions.defaults().withAnalysedRoles(heard).withActivityRoles(activityRoles),
                keys),
            backend,
            parallelism,
            from == null ? null : from.order(),
            0);
    segment =
        KeyedStage.open(
            Stages.segment(SegmentOptions.defaults().withActivityRoles(activityRoles), keys),
            backend,
            parallelism,
            from == null ? null : from.segment(),
            0);
    recognize =
        KeyedStage.open(
            Stages.recognize(RecognizeOptions.defaults(), keys, new FakeEmotionModelFactory()),
            backend,
            parallelism,
            from == null ? null : from.recognize(),
            0);
    emit =
        KeyedStage.open(
            Stages.emit(EmitOptions.defaults(), keys),
            backend,
            parallelism,
            from == null ? null : from.emit(),
            0);
  }

  public static TestPipeline open(Backend backend) throws Exception {
    return open(backend, 1);
  }

  public static TestPipeline open(Backend backend, int parallelism) throws Exception {
    return open(backend, parallelism, StateKeySource.none());
  }

  /** With roles of which only voice activity is heard, beside the customer. */
  public static TestPipeline open(Backend backend, Set<Role> activityRoles) throws Exception {
    return new TestPipeline(backend, 1, StateKeySource.none(), null, activityRoles);
  }

  public static TestPipeline restore(Backend backend, int parallelism, Snapshot snapshot)
      throws Exception {
    return restore(backend, parallelism, StateKeySource.none(), snapshot);
  }

  public static TestPipeline restore(
      Backend backend, int parallelism, Snapshot snapshot, Set<Role> activityRoles)
      throws Exception {
    return new TestPipeline(backend, parallelism, StateKeySource.none(), snapshot, activityRoles);
  }

  /** With keys that encrypt state. */
  public static TestPipeline open(Backend backend, int parallelism, StateKeySource keys)
      throws Exception {
    return new TestPipeline(backend, parallelism, keys, null, Set.of());
  }

  /** With keys that encrypt and decrypt state. */
  public static TestPipeline restore(
      Backend backend, int parallelism, StateKeySource keys, Snapshot snapshot) throws Exception {
    return new TestPipeline(backend, parallelism, keys, snapshot, Set.of());
  }

  public void process(IncomingRecord record) throws Exception {
    decode.processElement(record, 0);
    for (var step : decode.extractOutputValues()) {
      order.process(step);
    }
    decode.getOutput().clear();
    flow();
  }

  /** Processes a record of the control topic. */
  public void control(IncomingRecord record) throws Exception {
    control.processElement(record, 0);
    for (var step : control.extractOutputValues()) {
      order.process(step);
    }
    control.getOutput().clear();
    flow();
  }

  public void setTimeMs(long nowMs) throws Exception {
    order.setTimeMs(nowMs);
    recognize.setTimeMs(nowMs);
    flow();
  }

  private void flow() throws Exception {
    for (var step : order.drain()) {
      segment.process(step);
    }
    for (var step : segment.drain()) {
      recognize.process(step);
    }
    for (var step : recognize.drain()) {
      emit.process(step);
    }
    events.addAll(emit.drain());
  }

  /** All events so far. */
  public List<EmotionEvent> events() {
    return events;
  }

  /** The events since the last call; {@link #events} no longer has them. */
  public List<EmotionEvent> drainEvents() {
    List<EmotionEvent> drained = List.copyOf(events);
    events.clear();
    return drained;
  }

  /** All dead letters since the last call. */
  public List<DeadLetter> drainDeadLetters() {
    List<DeadLetter> letters = new ArrayList<>();
    for (var decoder : List.of(decode, control)) {
      var undecodable = decoder.getSideOutput(DeadLetters.TAG);
      if (undecodable != null) {
        undecodable.stream().map(StreamRecord::getValue).forEach(letters::add);
        undecodable.clear();
      }
    }
    letters.addAll(order.drain(DeadLetters.TAG));
    letters.addAll(segment.drain(DeadLetters.TAG));
    letters.addAll(recognize.drain(DeadLetters.TAG));
    return letters;
  }

  /** All late chunks since the last call. */
  public List<DeadLetter> drainLate() {
    return order.drain(DeadLetters.LATE);
  }

  /** The evidence of erasures since the last call. */
  public List<ErasureRecord> drainErasures() {
    return emit.drain(Erasures.AUDIT);
  }

  public Snapshot snapshot() throws Exception {
    return new Snapshot(
        decode.snapshot(1, 1),
        order.snapshot(),
        segment.snapshot(),
        recognize.snapshot(),
        emit.snapshot());
  }

  /** Keyed state entries of the stages after order; heap backend only. */
  public int stateEntriesAfterOrder() {
    return segment.stateEntries() + recognize.stateEntries() + emit.stateEntries();
  }

  /** Keyed state entries of the order stage, including tombstones; heap backend only. */
  public int stateEntriesOfOrder() {
    return order.stateEntries();
  }

  @Override
  public void close() throws Exception {
    decode.close();
    control.close();
    order.close();
    segment.close();
    recognize.close();
    emit.close();
  }
}
