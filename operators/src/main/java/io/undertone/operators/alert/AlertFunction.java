package io.undertone.operators.alert;

import io.undertone.alerts.engine.AlertEngine;
import io.undertone.alerts.state.CallAlerts;
import io.undertone.operators.RuleChange;
import io.undertone.operators.StageMetrics;
import io.undertone.operators.encryption.StateKeySource;
import io.undertone.schemas.Alert;
import io.undertone.schemas.EmotionEvent;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Raises alerts from the events of calls, by rules that a broadcast stream changes.
 *
 * <p>Alerts depend on the events of their call: its time passes with them. A timer by the clock
 * lets the same time pass when no event comes, so that a silence is told while it lasts. It waits
 * for as long as an event that says otherwise could be on its way, and begins anew when the job
 * restarts, since events may wait in Kafka then.
 */
public final class AlertFunction
    extends KeyedBroadcastProcessFunction<String, EmotionEvent, RuleChange, Alert> {
  /** Changes of rules: YAML by name. */
  public static final MapStateDescriptor<String, String> RULES =
      new MapStateDescriptor<>("alert-rules", Types.STRING, Types.STRING);

  /** The type of this stage's output. */
  public static final TypeInformation<Alert> OUTPUT_TYPE = new AvroTypeInfo<>(Alert.class);

  private static final long serialVersionUID = 1L;
  private static final long NOT_YET = -1;

  private final AlertOptions options;
  private final StateKeySource keys;
  private transient CallAlertsState calls;
  private transient Counter alerts;
  private transient @Nullable AlertEngine engine;
  private transient long firstMs;

  @SuppressWarnings("NullAway.Init") // Flink calls open first.
  public AlertFunction(AlertOptions options, StateKeySource keys) {
    this.options = options;
    this.keys = keys;
  }

  @Override
  public void open(OpenContext context) {
    calls = CallAlertsState.of(getRuntimeContext(), keys.open());
    alerts = new StageMetrics(getRuntimeContext()).counter("alerts");
    firstMs = NOT_YET;
  }

  @Override
  public void processBroadcastElement(RuleChange change, Context context, Collector<Alert> out)
      throws Exception {
    BroadcastState<String, String> rules = context.getBroadcastState(RULES);
    rules.put(change.name(), change.yaml() == null ? CurrentRules.REMOVED : change.yaml());
    engine = null;
  }

  @Override
  public void processElement(EmotionEvent event, ReadOnlyContext context, Collector<Alert> out)
      throws Exception {
    TimerService timers = context.timerService();
    CallAlerts known = calls.value();
    if (known != null && known.getTimerMs() > 0) {
      timers.deleteProcessingTimeTimer(known.getTimerMs());
    }
    AlertEngine.Step step = engine(context.getBroadcastState(RULES)).apply(event, known);
    if (step.state() != null) {
      step.state().setArrivedMs(timers.currentProcessingTime());
    }
    finish(step, context, out);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
      throws Exception {
    CallAlerts call = calls.value();
    if (call == null || call.getTimerMs() != timestamp) {
      return;
    }
    AlertEngine rules = engine(context.getBroadcastState(RULES));
    OptionalLong next = rules.nextChangeMs(call);
    boolean due =
        next.isPresent()
            && clockMs(call, next.getAsLong(), context.timerService())
                <= context.timerService().currentProcessingTime();
    finish(
        due ? rules.passUntil(next.getAsLong(), call) : new AlertEngine.Step(call, List.of()),
        context,
        out);
  }

  /** Tells alerts, keeps the state, and sets the timer of its next change. */
  private void finish(AlertEngine.Step step, ReadOnlyContext context, Collector<Alert> out)
      throws Exception {
    step.alerts().forEach(out::collect);
    alerts.inc(step.alerts().size());
    CallAlerts call = step.state();
    if (call == null) {
      calls.clear();
      return;
    }
    TimerService timers = context.timerService();
    OptionalLong next = engine(context.getBroadcastState(RULES)).nextChangeMs(call);
    call.setTimerMs(next.isPresent() ? clockMs(call, next.getAsLong(), timers) : 0);
    if (next.isPresent()) {
      timers.registerProcessingTimeTimer(call.getTimerMs());
    }
    calls.update(call);
  }

  /** When the clock may let the time of a call pass until a time. */
  private long clockMs(CallAlerts call, long timeMs, TimerService timers) {
    if (firstMs == NOT_YET) {
      firstMs = timers.currentProcessingTime();
    }
    long sinceMs = Math.max(call.getArrivedMs(), firstMs);
    return sinceMs + Math.max(0, timeMs - call.getEventTimeMs()) + options.latenessMs();
  }

  private AlertEngine engine(ReadOnlyBroadcastState<String, String> rules) throws Exception {
    if (engine == null) {
      engine =
          new AlertEngine(
              CurrentRules.of(options.rulesYaml(), rules.immutableEntries()),
              options.silentEndMs());
    }
    return engine;
  }
}
