package io.undertone.operators.testing;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.YieldingOperator;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** All subtasks of a keyed stage. Elements are partitioned by key and serialized, as in a job. */
public final class KeyedStage<I, O> implements AutoCloseable {
  static final int MAX_PARALLELISM = 128;

  private final StageDefinition<I, O> definition;
  private final TypeSerializer<I> inputSerializer;
  private final StageCounters counters = new StageCounters();
  private final List<KeyedOneInputStreamOperatorTestHarness<String, I, O>> subtasks =
      new ArrayList<>();

  private KeyedStage(StageDefinition<I, O> definition) {
    this.definition = definition;
    inputSerializer = Serialization.serializer(definition.input());
  }

  public static <I, O> KeyedStage<I, O> open(StageDefinition<I, O> definition, Backend backend)
      throws Exception {
    return open(definition, backend, 1, null, 0);
  }

  /** Opens a stage at a parallelism and processing time, from a {@link #snapshot} if given. */
  public static <I, O> KeyedStage<I, O> open(
      StageDefinition<I, O> definition,
      Backend backend,
      int parallelism,
      @Nullable OperatorSubtaskState state,
      long nowMs)
      throws Exception {
    KeyedStage<I, O> stage = new KeyedStage<>(definition);
    for (int i = 0; i < parallelism; i++) {
      OneInputStreamOperator<I, O> operator = definition.operator().get();
      KeyedOneInputStreamOperatorTestHarness<String, I, O> harness =
          new KeyedOneInputStreamOperatorTestHarness<>(
              operator,
              definition.key(),
              Types.STRING,
              stage.counters.environment(MAX_PARALLELISM, parallelism, i));
      harness
          .getExecutionConfig()
          .configure(
              new Configuration().set(PipelineOptions.GENERIC_TYPES, false),
              KeyedStage.class.getClassLoader());
      harness.setStateBackend(backend.create());
      harness.setup(Serialization.serializer(definition.output()));
      if (operator instanceof YieldingOperator<?> yielding) {
        // A task would set the executor; the harness does not.
        yielding.setMailboxExecutor(
            new MailboxExecutorImpl(
                harness.getTaskMailbox(), 0, StreamTaskActionExecutor.IMMEDIATE));
      }
      harness.setProcessingTime(nowMs);
      harness.setStateTtlProcessingTime(nowMs);
      if (state != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, parallelismOf(state), parallelism, i));
      }
      harness.open();
      stage.subtasks.add(harness);
    }
    return stage;
  }

  /** Each subtask that takes part in a snapshot adds its own operator state, if it has any. */
  private static int parallelismOf(OperatorSubtaskState snapshot) {
    return Math.max(1, snapshot.getManagedOperatorState().size());
  }

  public void process(I element) throws Exception {
    processItself(Serialization.roundTrip(inputSerializer, element));
  }

  /** Passes the object without a copy, as chained operators do. */
  public void processItself(I element) throws Exception {
    int subtask =
        KeyGroupRangeAssignment.assignKeyToParallelOperator(
            definition.key().getKey(element), MAX_PARALLELISM, subtasks.size());
    subtasks.get(subtask).processElement(element, 0);
  }

  /** Sets processing time, also for the time to live of state. */
  public void setTimeMs(long nowMs) throws Exception {
    for (var subtask : subtasks) {
      subtask.setStateTtlProcessingTime(nowMs);
      subtask.setProcessingTime(nowMs);
    }
  }

  /** Finishes pending steps and returns all output since the last call. */
  public List<O> drain() throws Exception {
    for (var subtask : subtasks) {
      subtask.prepareSnapshotPreBarrier(0);
    }
    return output();
  }

  /** The output so far since the last call. */
  public List<O> output() {
    List<O> drained = new ArrayList<>();
    for (var subtask : subtasks) {
      drained.addAll(subtask.extractOutputValues());
      subtask.getOutput().clear();
    }
    return drained;
  }

  /** Side output since the last call. */
  public <X> List<X> drain(OutputTag<X> tag) {
    List<X> drained = new ArrayList<>();
    for (var subtask : subtasks) {
      var records = subtask.getSideOutput(tag);
      if (records != null) {
        records.forEach(record -> drained.add(record.getValue()));
        records.clear();
      }
    }
    return drained;
  }

  public OperatorSubtaskState snapshot() throws Exception {
    OperatorSubtaskState[] states = new OperatorSubtaskState[subtasks.size()];
    for (int i = 0; i < states.length; i++) {
      subtasks.get(i).prepareSnapshotPreBarrier(1);
      states[i] = subtasks.get(i).snapshot(1, 1);
    }
    return AbstractStreamOperatorTestHarness.repackageState(states);
  }

  /** Number of keyed state entries; heap backend only. */
  public int stateEntries() {
    return subtasks.stream()
        .mapToInt(KeyedOneInputStreamOperatorTestHarness::numKeyedStateEntries)
        .sum();
  }

  /** Sends a watermark to all subtasks. */
  public void processWatermark(long timestampMs) throws Exception {
    for (var subtask : subtasks) {
      subtask.processWatermark(timestampMs);
    }
  }

  /** Ends the input of all subtasks. */
  public void endInput() throws Exception {
    for (var subtask : subtasks) {
      subtask.endInput();
    }
  }

  /** Waits for a mail to the first subtask and runs it. */
  public void awaitMail() throws Exception {
    TaskMailbox mailbox = subtasks.get(0).getTaskMailbox();
    mailbox.take(TaskMailbox.MIN_PRIORITY).run();
  }

  /** Sum of a gauge over all subtasks. */
  public long measure(String gauge) {
    return counters.measure(gauge);
  }

  /** Sum of a counter over all subtasks. */
  public long count(String counter) {
    return counters.count(counter);
  }

  public int timers() {
    return subtasks.stream()
        .mapToInt(AbstractStreamOperatorTestHarness::numProcessingTimeTimers)
        .sum();
  }

  @Override
  public void close() throws Exception {
    for (var subtask : subtasks) {
      subtask.close();
    }
  }
}
