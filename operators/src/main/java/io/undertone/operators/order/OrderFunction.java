package io.undertone.operators.order;

import io.undertone.operators.CallEnd;
import io.undertone.operators.Conversation;
import io.undertone.operators.ErasureRequest;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.chunk.PartitionTime;
import io.undertone.operators.chunk.TimedChunk;
import io.undertone.operators.encryption.StateKeySource;
import io.undertone.operators.order.CallLimits.Patience;
import io.undertone.operators.state.CallOrder;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.Consent;
import io.undertone.schemas.EndReason;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Restores the order of each channel's chunks and ends calls:
 *
 * <pre>
 * chunk --> denied? --> call ended? --> due: forwarded, with the chunks that waited for it
 *                                       early: waits
 *                                       else: duplicate, late or dead letter
 * last chunk of every channel, silence, denied consent or erasure --> end of call, tombstone
 * </pre>
 *
 * <p>The output depends on the records only: silence is measured in the time of the call's
 * partition. Timers by the clock decide when the stage looks, not what it finds. The exception is a
 * partition whose time stands still, where the clock ends calls.
 */
public final class OrderFunction
    extends KeyedProcessFunction<
        String, Either<TimedChunk, PartitionTime>, Either<OrderedChunk, CallEnd>> {
  private static final long serialVersionUID = 1L;

  private final OrderOptions options;
  private final StateKeySource keys;
  private transient OrderState state;
  private transient OrderMetrics metrics;
  private transient PartitionTimes times;

  @SuppressWarnings("NullAway.Init") // Flink calls open first.
  public OrderFunction(OrderOptions options, StateKeySource keys) {
    this.options = options;
    this.keys = keys;
  }

  @Override
  public void open(OpenContext context) {
    state = OrderState.of(getRuntimeContext(), options.limits(), keys.open());
    metrics = OrderMetrics.of(getRuntimeContext());
    times = new PartitionTimes();
  }

  @Override
  public void processElement(
      Either<TimedChunk, PartitionTime> step,
      Context context,
      Collector<Either<OrderedChunk, CallEnd>> out)
      throws Exception {
    long nowMs = context.timerService().currentProcessingTime();
    if (step.isRight()) {
      times.reach(step.right().partition(), step.right().timeMs(), nowMs);
      return;
    }
    TimedChunk chunk = step.left();
    ErasureRequest erasure = chunk.chunk().erasure();
    if (erasure != null) {
      erase(chunk.chunk(), erasure, context, out);
      return;
    }
    times.reach(chunk.partition(), chunk.partitionTimeMs(), nowMs);
    CallOrder call = callInProgress(context, out);
    // A call in progress has no tombstone.
    CallOrder ended = call == null ? tombstone() : null;
    boolean denied = chunk.chunk().audio().getConsent() == Consent.DENIED;
    if (denied || (ended != null && ended.getDenied())) {
      deny(chunk, call, ended, context, out);
    } else if (ended != null) {
      afterEnd(chunk, ended, context, out);
    } else {
      arrive(chunk, call, context, out);
    }
  }

  /** Looks whether a call has been silent, or a tombstone been kept, for long enough. */
  @Override
  public void onTimer(
      long timestamp, OnTimerContext context, Collector<Either<OrderedChunk, CallEnd>> out)
      throws Exception {
    CallOrder call = state.call().value();
    CallOrder ended = call == null ? state.ended().current() : null;
    if (call != null && CallTimer.fired(call, timestamp)) {
      lookAtCall(call, timestamp, context, out);
    } else if (ended != null && CallTimer.fired(ended, timestamp)) {
      lookAtTombstone(ended, timestamp, context);
    }
  }

  private void lookAtCall(
      CallOrder call, long timerMs, Context context, Collector<Either<OrderedChunk, CallEnd>> out)
      throws Exception {
    Patience patience = options.limits().patienceWith(call);
    if (isWaitOver(call, patience, timerMs, context)) {
      boolean byRecords = times.isOver(call, patience);
      endSilent(call, byRecords ? EndReason.TIMEOUT : EndReason.STALLED, context, out);
    } else {
      state.call().update(call);
    }
  }

  private void lookAtTombstone(CallOrder ended, long timerMs, Context context) throws Exception {
    if (isWaitOver(ended, options.limits().memoryOf(ended), timerMs, context)) {
      state.ended().clear();
    } else {
      state.ended().put(ended);
    }
  }

  /** Whether the patience is over, by the records or by the clock; sets the next timer if not. */
  private boolean isWaitOver(CallOrder call, Patience patience, long timerMs, Context context) {
    long nowMs = context.timerService().currentProcessingTime();
    times.fired(timerMs, patience, nowMs);
    if (times.isOver(call, patience) || times.isStalled(call, patience, nowMs)) {
      return true;
    }
    CallTimer.set(call, times.nextLookMs(call, patience, nowMs), context.timerService());
    return false;
  }

  /** The call in progress; ends it first if it was silent for too long before this chunk. */
  private @Nullable CallOrder callInProgress(
      Context context, Collector<Either<OrderedChunk, CallEnd>> out) throws Exception {
    CallOrder call = state.call().value();
    if (call == null || !times.isOver(call, options.limits().patienceWith(call))) {
      return call;
    }
    endSilent(call, EndReason.TIMEOUT, context, out);
    return null;
  }

  /** What is kept of an ended call; erases it first if it is too old. */
  private @Nullable CallOrder tombstone() throws Exception {
    CallOrder ended = state.ended().get();
    if (ended == null || !times.isOver(ended, options.limits().memoryOf(ended))) {
      return ended;
    }
    state.ended().clear();
    return null;
  }

  private void arrive(
      TimedChunk timed,
      @Nullable CallOrder known,
      Context context,
      Collector<Either<OrderedChunk, CallEnd>> out)
      throws Exception {
    CallOrder call = known == null ? CallOrders.newCall() : known;
    Chunk chunk = timed.chunk();
    seen(call, timed, context);
    CallOrders.countArrived(call, chunk.at());
    CallOrders.expectChannels(call, chunk.audio(), options.analysedRoles());
    if (reorderer(call, context, out).accept(chunk) == Arrival.DUPLICATE) {
      metrics.duplicates().inc();
    }
    Patience patience = options.limits().patienceWith(call);
    if (CallOrders.isComplete(call) || times.isOver(call, patience)) {
      end(chunk.conversation(), call, EndReason.LAST_CHUNK, context, out);
    } else {
      watch(call, patience, context);
      state.call().update(call);
    }
  }

  /** A chunk after the end is a duplicate or late; it does not start a new call. */
  private void afterEnd(
      TimedChunk timed,
      CallOrder ended,
      Context context,
      Collector<Either<OrderedChunk, CallEnd>> out)
      throws Exception {
    AudioChunk audio = timed.chunk().audio();
    boolean duplicate =
        CallOrders.known(ended, audio.getChannel())
            .map(channel -> new ChannelSequence(channel, options))
            .filter(channel -> channel.arrival(audio.getChunkIndex()) == Arrival.DUPLICATE)
            .isPresent();
    if (duplicate) {
      metrics.duplicates().inc();
    } else {
      new OrderOutput(context::output, metrics, out, options.activityRoles())
          .late(timed.chunk(), "chunk arrived after the call ended");
    }
    remember(ended, timed, context);
  }

  /** A chunk that denies consent, or comes after one that did. */
  private void deny(
      TimedChunk timed,
      @Nullable CallOrder known,
      @Nullable CallOrder ended,
      Context context,
      Collector<Either<OrderedChunk, CallEnd>> out)
      throws Exception {
    metrics.denied().inc();
    CallOrder call = known == null ? CallOrders.newCall() : known;
    if (ended == null) {
      Chunk chunk = timed.chunk();
      call.setEndTimeMs(Math.max(call.getEndTimeMs(), chunk.audio().getCaptureTimeMs()));
      end(chunk.conversation(), call, EndReason.CONSENT_DENIED, context, out);
    }
    remember(CallOrders.deniedTombstone(ended == null ? call : ended), timed, context);
  }

  private void remember(CallOrder tombstone, TimedChunk timed, Context context) throws Exception {
    seen(tombstone, timed, context);
    watch(tombstone, options.limits().memoryOf(tombstone), context);
    state.ended().put(tombstone);
  }

  private static void seen(CallOrder call, TimedChunk timed, Context context) {
    call.setPartition(timed.partition());
    call.setPartitionTimeMs(timed.partitionTimeMs());
    call.setLastArrivalMs(context.timerService().currentProcessingTime());
  }

  /** Sets a timer, unless an earlier one is set: when that fires, it is set again. */
  private void watch(CallOrder call, Patience patience, Context context) {
    long nowMs = context.timerService().currentProcessingTime();
    long lookMs = times.nextLookMs(call, patience, nowMs);
    if (!CallTimer.isSetBefore(call, lookMs)) {
      CallTimer.set(call, lookMs, context.timerService());
    }
  }

  /** Ends a call without a last chunk, after forwarding its waiting chunks. */
  private void endSilent(
      CallOrder call,
      EndReason reason,
      Context context,
      Collector<Either<OrderedChunk, CallEnd>> out)
      throws Exception {
    reorderer(call, context, out).flush();
    boolean regular = CallOrders.haveAllEnded(call);
    if (!regular) {
      (reason == EndReason.STALLED ? metrics.stalls() : metrics.timeouts()).inc();
    }
    Conversation conversation = Conversation.ofKey(context.getCurrentKey());
    end(conversation, call, regular ? EndReason.LAST_CHUNK : reason, context, out);
  }

  /**
   * Erases a call in all stages, also if it is unknown here or over, and denies it from now on: the
   * job may have read some of its audio, and more may come.
   */
  private void erase(
      Chunk chunk,
      ErasureRequest request,
      Context context,
      Collector<Either<OrderedChunk, CallEnd>> out)
      throws Exception {
    metrics.erased().inc();
    CallOrder known = state.call().value();
    CallOrder call = known == null ? CallOrders.newCall() : known;
    CallEnd end = CallOrders.end(chunk.conversation(), call, EndReason.ERASED);
    out.collect(Either.Right(end.erasedBy(request)));
    CallOrder ended = known == null ? state.ended().get() : null;
    CallOrder denied = CallOrders.deniedTombstone(ended == null ? call : ended);
    denied.setLastArrivalMs(context.timerService().currentProcessingTime());
    state.call().clear();
    state.waiting().clear();
    watch(denied, options.limits().memoryOf(denied), context);
    state.ended().put(denied);
  }

  private void end(
      Conversation conversation,
      CallOrder call,
      EndReason reason,
      Context context,
      Collector<Either<OrderedChunk, CallEnd>> out)
      throws Exception {
    CallEnd end = CallOrders.end(conversation, call, reason);
    metrics.missing().inc(end.chunks().missing());
    out.collect(Either.Right(end));
    state.call().clear();
    state.waiting().clear();
    CallOrder tombstone = CallOrders.tombstone(call);
    watch(tombstone, options.limits().memoryOf(tombstone), context);
    state.ended().put(tombstone);
  }

  private CallReorderer reorderer(
      CallOrder call, Context context, Collector<Either<OrderedChunk, CallEnd>> out) {
    return new CallReorderer(
        context.getCurrentKey(),
        call,
        state.waiting(),
        options,
        new OrderOutput(context::output, metrics, out, options.activityRoles()));
  }
}
