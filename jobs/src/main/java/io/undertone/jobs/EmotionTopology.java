package io.undertone.jobs;

import io.undertone.jobs.failure.WatchedOperator;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.operators.CallEnd;
import io.undertone.operators.ConversationKeys;
import io.undertone.operators.InConversation;
import io.undertone.operators.RuleChange;
import io.undertone.operators.alert.AlertFunction;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.chunk.PartitionTime;
import io.undertone.operators.chunk.TimedChunk;
import io.undertone.operators.decode.ControlFunction;
import io.undertone.operators.decode.DecodeFunction;
import io.undertone.operators.decode.IncomingRecord;
import io.undertone.operators.decode.RulesFunction;
import io.undertone.operators.emit.CallDocument;
import io.undertone.operators.emit.EmitFunction;
import io.undertone.operators.emit.Erasures;
import io.undertone.operators.order.OrderFunction;
import io.undertone.operators.recognize.RecognizeOperator;
import io.undertone.operators.segment.SegmentFunction;
import io.undertone.operators.segment.VoiceActivityDetectorFactory;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.SpokenUtterance;
import io.undertone.schemas.Alert;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.EmotionEvent;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.types.Either;

/**
 * The pipeline, end to end.
 *
 * <pre>
 * audio ---> decode -> order -> segment -> recognize -> emit ----> events
 * control -> decode ---^ |         |           |          | +----> audit, documents
 *              |         |         |           |          v
 * rules ---> decode ---------------------------------> alert ----> alerts
 *              |         |         |           |
 *              +---------+---------+-----------+-----------------> dead letters
 *                        +---------------------------------------> late
 * </pre>
 *
 * From order on, each call passes through one subtask of each stage, in order. Order and segment
 * are chained into one task, and so are recognize and emit. The network hop between the two tasks
 * lets segmentation continue while the model, the most expensive stage, is busy.
 *
 * <p>An operator of each task is a {@link WatchedOperator}, which tells failures that a restart may
 * mend from those that end the job.
 */
public final class EmotionTopology {

  private EmotionTopology() {}

  /**
   * Defines the pipeline in an environment; nothing runs yet.
   *
   * @param detectors create voice activity detectors
   */
  public static void define(
      StreamExecutionEnvironment env,
      EmotionSources sources,
      EmotionSinks sinks,
      StageOptions options,
      VoiceActivityDetectorFactory detectors,
      EmotionModelFactory models) {

    SingleOutputStreamOperator<IncomingRecord> records =
        read(OperatorUids.READ_AUDIO, sources.audio(), env);

    // Has the parallelism of the order stage, each subtask of which gets the times of partitions.
    SingleOutputStreamOperator<Either<TimedChunk, PartitionTime>> chunks =
        named(
            OperatorUids.DECODE,
            records.transform(
                OperatorUids.DECODE,
                TypeInformation.of(new TypeHint<Either<TimedChunk, PartitionTime>>() {}),
                WatchedOperator.of(new ProcessOperator<>(new DecodeFunction(options.decode())))));

    SingleOutputStreamOperator<IncomingRecord> controls =
        read(OperatorUids.READ_CONTROL, sources.control(), env);

    SingleOutputStreamOperator<Either<TimedChunk, PartitionTime>> erasures =
        named(
            OperatorUids.DECODE_CONTROL,
            controls.transform(
                OperatorUids.DECODE_CONTROL,
                chunks.getType(),
                WatchedOperator.of(new ProcessOperator<>(new ControlFunction()))));

    SingleOutputStreamOperator<Either<OrderedChunk, CallEnd>> ordered =
        named(
            OperatorUids.ORDER,
            chunks
                .union(erasures)
                .keyBy(PartitionTime::keyOf)
                .transform(
                    OperatorUids.ORDER,
                    TypeInformation.of(new TypeHint<Either<OrderedChunk, CallEnd>>() {}),
                    WatchedOperator.of(
                        new KeyedProcessOperator<>(
                            new OrderFunction(options.order(), options.keys())))));

    SingleOutputStreamOperator<Either<SpokenUtterance, CallEnd>> utterances =
        named(
            OperatorUids.SEGMENT,
            stillKeyed(ordered)
                .process(new SegmentFunction(options.segment(), options.keys(), detectors)));

    SingleOutputStreamOperator<Either<RecognizedUtterance, CallEnd>> recognized =
        named(
            OperatorUids.RECOGNIZE,
            utterances
                .keyBy(ConversationKeys::ofStep)
                .transform(
                    OperatorUids.RECOGNIZE,
                    RecognizeOperator.OUTPUT_TYPE,
                    WatchedOperator.of(
                        new RecognizeOperator(options.recognize(), options.keys(), models))));

    SingleOutputStreamOperator<EmotionEvent> events =
        named(
            OperatorUids.EMIT,
            stillKeyed(recognized).process(new EmitFunction(options.emit(), options.keys())));

    SingleOutputStreamOperator<IncomingRecord> ruleRecords =
        read(OperatorUids.READ_ALERT_RULES, sources.alertRules(), env);

    SingleOutputStreamOperator<RuleChange> rules =
        named(
            OperatorUids.DECODE_ALERT_RULES,
            ruleRecords.transform(
                OperatorUids.DECODE_ALERT_RULES,
                TypeInformation.of(RuleChange.class),
                WatchedOperator.of(
                    new ProcessOperator<>(new RulesFunction(options.alert().hearing())))));

    SingleOutputStreamOperator<Alert> alerts =
        named(
            OperatorUids.ALERT,
            DataStreamUtils.reinterpretAsKeyedStream(events, ConversationKeys::of, Types.STRING)
                .connect(rules.broadcast(AlertFunction.RULES))
                .process(
                    new AlertFunction(options.alert(), options.keys()), AlertFunction.OUTPUT_TYPE));

    SingleOutputStreamOperator<Alert> watchedAlerts =
        named(
            OperatorUids.GATHER_ALERTS,
            alerts.transform(
                OperatorUids.GATHER_ALERTS,
                AlertFunction.OUTPUT_TYPE,
                WatchedOperator.of(new StreamMap<Alert, Alert>(alert -> alert))));

    SingleOutputStreamOperator<DeadLetter> letters =
        named(
            OperatorUids.GATHER_DEAD_LETTERS,
            chunks
                .getSideOutput(DeadLetters.TAG)
                .union(
                    erasures.getSideOutput(DeadLetters.TAG),
                    rules.getSideOutput(DeadLetters.TAG),
                    ordered.getSideOutput(DeadLetters.TAG),
                    utterances.getSideOutput(DeadLetters.TAG),
                    recognized.getSideOutput(DeadLetters.TAG))
                .transform(
                    OperatorUids.GATHER_DEAD_LETTERS,
                    DeadLetters.TAG.getTypeInfo(),
                    WatchedOperator.of(new StreamMap<DeadLetter, DeadLetter>(letter -> letter))));

    write(OperatorUids.WRITE_EVENTS, events, sinks.events());
    write(OperatorUids.WRITE_DEAD_LETTERS, letters, sinks.deadLetters());
    write(OperatorUids.WRITE_LATE, ordered.getSideOutput(DeadLetters.LATE), sinks.late());
    write(OperatorUids.WRITE_AUDIT, events.getSideOutput(Erasures.AUDIT), sinks.audit());
    write(OperatorUids.WRITE_ALERTS, watchedAlerts, sinks.alerts());
    if (sinks.contactLens() != null) {
      write(
          OperatorUids.WRITE_CONTACT_LENS,
          events.getSideOutput(CallDocument.CONTACT_LENS),
          sinks.contactLens());
    }
  }

  private static SingleOutputStreamOperator<IncomingRecord> read(
      String uid, Source<IncomingRecord, ?, ?> source, StreamExecutionEnvironment env) {
    return named(uid, env.fromSource(source, WatermarkStrategy.noWatermarks(), uid));
  }

  private static <T> void write(String uid, DataStream<T> stream, Sink<T> sink) {
    stream.sinkTo(sink).uid(uid).name(uid);
  }

  /**
   * The output of a keyed stage, without another shuffle: a stage emits only steps of the call that
   * is its current key.
   */
  private static <T extends InConversation> KeyedStream<Either<T, CallEnd>, String> stillKeyed(
      DataStream<Either<T, CallEnd>> steps) {
    return DataStreamUtils.reinterpretAsKeyedStream(steps, ConversationKeys::ofStep, Types.STRING);
  }

  private static <T> SingleOutputStreamOperator<T> named(
      String uid, SingleOutputStreamOperator<T> operator) {
    return operator.uid(uid).name(uid);
  }
}
