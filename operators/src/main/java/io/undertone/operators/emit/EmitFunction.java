package io.undertone.operators.emit;

import io.undertone.operators.CallEnd;
import io.undertone.operators.ErasureRequest;
import io.undertone.operators.StageMetrics;
import io.undertone.operators.state.TrajectoryPoint;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.schemas.EmotionEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;

/**
 * Emits an event for each recognized utterance, and a summary when the call ends. After denied
 * consent the summary is empty; an erased call has none, but an event that says so, and evidence in
 * {@link Erasures#AUDIT}. Documents of ended calls go to {@link CallDocument#CONTACT_LENS}.
 */
public final class EmitFunction
    extends KeyedProcessFunction<String, Either<RecognizedUtterance, CallEnd>, EmotionEvent> {
  private static final long serialVersionUID = 1L;

  private final EmitOptions options;

  private transient ListState<TrajectoryPoint> trajectory;

  /** In former savepoints. Not read, since the trajectory has it as well; erased with it. */
  private transient MapState<Integer, String> formerEmotions;

  private transient Counter events;
  private transient Counter endedCalls;

  @SuppressWarnings("NullAway.Init") // Flink calls open before anything else.
  public EmitFunction(EmitOptions options) {
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    trajectory =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>("trajectory", new AvroTypeInfo<>(TrajectoryPoint.class)));
    formerEmotions =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("emotion-by-channel", Types.INT, Types.STRING));
    StageMetrics metrics = new StageMetrics(getRuntimeContext());
    events = metrics.counter("events");
    endedCalls = metrics.counter("endedCalls");
  }

  @Override
  public void processElement(
      Either<RecognizedUtterance, CallEnd> step, Context context, Collector<EmotionEvent> out)
      throws Exception {
    if (step.isLeft() && step.left().isActivity()) {
      trajectory.add(Trajectories.point(step.left()));
      return;
    }
    if (step.isLeft()) {
      out.collect(utteranceEvent(step.left()));
    } else if (step.right().erasure() != null) {
      out.collect(erase(step.right(), step.right().erasure(), context));
    } else {
      out.collect(conversationEvent(step.right(), context));
    }
    events.inc();
  }

  private EmotionEvent utteranceEvent(RecognizedUtterance utterance) throws Exception {
    String previousEmotion =
        Trajectories.lastEmotion(trajectory.get(), utterance.span().channel(), options);
    trajectory.add(Trajectories.point(utterance));
    return UtteranceEvents.of(utterance, previousEmotion, options);
  }

  private EmotionEvent conversationEvent(CallEnd end, Context context) throws Exception {
    List<TrajectoryPoint> points = takeTrajectory();
    endedCalls.inc();
    if (end.isDenied()) {
      return ConversationEvents.of(end, List.of(), options);
    }
    EmotionEvent summary = ConversationEvents.of(end, points, options);
    if (options.documents() == DocumentForm.CONTACT_LENS) {
      context.output(CallDocument.CONTACT_LENS, ContactLens.document(summary, points, options));
    }
    return summary;
  }

  /** Erases the last state of a call, so that the evidence is true. */
  private EmotionEvent erase(CallEnd end, ErasureRequest request, Context context)
      throws Exception {
    int utterances = Trajectories.estimated(takeTrajectory()).size();
    long nowMs = context.timerService().currentProcessingTime();
    context.output(Erasures.AUDIT, Erasures.record(end.conversation(), request, utterances, nowMs));
    if (options.documents() != DocumentForm.NONE) {
      context.output(CallDocument.CONTACT_LENS, CallDocument.erased(end.conversation()));
    }
    return Erasures.event(end, request);
  }

  /** Removes and returns the call's utterances. */
  private List<TrajectoryPoint> takeTrajectory() throws Exception {
    List<TrajectoryPoint> points = new ArrayList<>();
    trajectory.get().forEach(points::add);
    trajectory.clear();
    formerEmotions.clear();
    return points;
  }
}
