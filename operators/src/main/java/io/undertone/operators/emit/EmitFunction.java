package io.undertone.operators.emit;

import io.undertone.operators.CallEnd;
import io.undertone.operators.ErasureRequest;
import io.undertone.operators.StageMetrics;
import io.undertone.operators.encryption.StateKeySource;
import io.undertone.operators.state.TrajectoryPoint;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.schemas.EmotionEvent;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
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
  private final StateKeySource keys;

  private transient TrajectoryState trajectory;

  /** In former savepoints. Not read, since the trajectory has it as well; erased with it. */
  private transient MapState<Integer, String> formerEmotions;

  private transient Counter events;
  private transient Counter endedCalls;

  @SuppressWarnings("NullAway.Init") // Flink calls open before anything else.
  public EmitFunction(EmitOptions options, StateKeySource keys) {
    this.options = options;
    this.keys = keys;
  }

  @Override
  public void open(OpenContext context) {
    trajectory = TrajectoryState.of(getRuntimeContext(), keys.open());
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
      trajectory.add(context.getCurrentKey(), Trajectories.point(step.left()));
      return;
    }
    if (step.isLeft()) {
      out.collect(utteranceEvent(step.left(), context.getCurrentKey()));
    } else if (step.right().erasure() != null) {
      out.collect(erase(step.right(), step.right().erasure(), context));
    } else {
      out.collect(conversationEvent(step.right(), context));
    }
    events.inc();
  }

  private EmotionEvent utteranceEvent(RecognizedUtterance utterance, String call) throws Exception {
    String previousEmotion =
        Trajectories.lastEmotion(trajectory.latestFirst(call), utterance.span().channel(), options);
    trajectory.add(call, Trajectories.point(utterance));
    return UtteranceEvents.of(utterance, previousEmotion, options);
  }

  private EmotionEvent conversationEvent(CallEnd end, Context context) throws Exception {
    List<TrajectoryPoint> points = takeTrajectory(context.getCurrentKey());
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
    int utterances = Trajectories.estimated(takeTrajectory(context.getCurrentKey())).size();
    long nowMs = context.timerService().currentProcessingTime();
    context.output(Erasures.AUDIT, Erasures.record(end.conversation(), request, utterances, nowMs));
    if (options.documents() != DocumentForm.NONE) {
      context.output(CallDocument.CONTACT_LENS, CallDocument.erased(end.conversation()));
    }
    return Erasures.event(end, request);
  }

  /** Removes and returns the call's utterances. */
  private List<TrajectoryPoint> takeTrajectory(String call) throws Exception {
    List<TrajectoryPoint> points = trajectory.all(call);
    trajectory.clear();
    formerEmotions.clear();
    return points;
  }
}
