package io.undertone.operators.order;

import io.undertone.operators.CallEnd;
import io.undertone.operators.Conversation;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.OrderedChunk;
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
 * last chunk of every channel, inactivity or denied consent --> end of call, tombstone
 * </pre>
 *
 * <p>The output depends on the chunks only, except for the inactivity timeout, which is in
 * processing time.
 */
public final class OrderFunction
    extends KeyedProcessFunction<String, Chunk, Either<OrderedChunk, CallEnd>> {
  private static final long serialVersionUID = 1L;

  private final OrderOptions options;
  private transient OrderState state;
  private transient OrderMetrics metrics;
  private transient InactivityTimeout timeout;

  @SuppressWarnings("NullAway.Init") // Flink calls open first.
  public OrderFunction(OrderOptions options) {
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    state = OrderState.of(getRuntimeContext(), options);
    metrics = OrderMetrics.of(getRuntimeContext());
    timeout = new InactivityTimeout(options.conversationTimeoutMs());
  }

  @Override
  public void processElement(
      Chunk chunk, Context context, Collector<Either<OrderedChunk, CallEnd>> out) throws Exception {
    CallOrder call = state.call().value();
    // A call in progress has no tombstone.
    CallOrder ended = call == null ? state.ended().value() : null;
    if (ended != null && ended.getDenied()) {
      metrics.denied().inc();
    } else if (chunk.audio().getConsent() == Consent.DENIED) {
      metrics.denied().inc();
      if (ended == null) {
        endDenied(chunk, call, out);
      }
      state.ended().update(CallOrders.deniedTombstone());
    } else if (ended != null) {
      afterEnd(chunk, ended, context, out);
    } else {
      arrive(chunk, call, context, out);
    }
  }

  /** Ends an inactive call, after forwarding its waiting chunks. */
  @Override
  public void onTimer(
      long timestamp, OnTimerContext context, Collector<Either<OrderedChunk, CallEnd>> out)
      throws Exception {
    CallOrder call = state.call().value();
    if (call == null) {
      return;
    }
    long nowMs = context.timerService().currentProcessingTime();
    timeout.fired(timestamp, nowMs);
    long deadlineMs = timeout.deadlineMs(call.getLastArrivalMs(), nowMs);
    if (nowMs < deadlineMs) {
      context.timerService().registerProcessingTimeTimer(deadlineMs);
      return;
    }
    metrics.timeouts().inc();
    reorderer(call, context, out).flush();
    EndReason reason = CallOrders.hasEnded(call) ? EndReason.LAST_CHUNK : EndReason.TIMEOUT;
    end(Conversation.ofKey(context.getCurrentKey()), call, reason, out);
  }

  private void arrive(
      Chunk chunk,
      @Nullable CallOrder known,
      Context context,
      Collector<Either<OrderedChunk, CallEnd>> out)
      throws Exception {
    long nowMs = context.timerService().currentProcessingTime();
    CallOrder call = known;
    if (call == null) {
      call = CallOrders.newCall();
      // One timer per call: when it fires, it is registered again if chunks have arrived since.
      context.timerService().registerProcessingTimeTimer(timeout.deadlineMs(nowMs, nowMs));
    }
    call.setLastArrivalMs(nowMs);
    if (reorderer(call, context, out).accept(chunk) == Arrival.DUPLICATE) {
      metrics.duplicates().inc();
    }
    if (CallOrders.hasEnded(call)) {
      end(chunk.conversation(), call, EndReason.LAST_CHUNK, out);
    } else {
      state.call().update(call);
    }
  }

  /** A chunk after the end is a duplicate or late; it does not start a new call. */
  private void afterEnd(
      Chunk chunk, CallOrder ended, Context context, Collector<Either<OrderedChunk, CallEnd>> out) {
    AudioChunk audio = chunk.audio();
    boolean duplicate =
        CallOrders.known(ended, audio.getChannel())
            .map(channel -> new ChannelSequence(channel, options))
            .filter(channel -> channel.arrival(audio.getChunkIndex()) == Arrival.DUPLICATE)
            .isPresent();
    if (duplicate) {
      metrics.duplicates().inc();
    } else {
      new OrderOutput(context::output, metrics, out)
          .late(chunk, "chunk arrived after the call ended");
    }
  }

  private void endDenied(
      Chunk chunk, @Nullable CallOrder known, Collector<Either<OrderedChunk, CallEnd>> out)
      throws Exception {
    CallOrder call = known == null ? CallOrders.newCall() : known;
    call.setEndTimeMs(Math.max(call.getEndTimeMs(), chunk.audio().getCaptureTimeMs()));
    end(chunk.conversation(), call, EndReason.CONSENT_DENIED, out);
  }

  private void end(
      Conversation conversation,
      CallOrder call,
      EndReason reason,
      Collector<Either<OrderedChunk, CallEnd>> out)
      throws Exception {
    CallEnd end = CallOrders.end(conversation, call, reason);
    metrics.missing().inc(end.chunks().missing());
    out.collect(Either.Right(end));
    state.call().clear();
    state.waiting().clear();
    state.ended().update(CallOrders.tombstone(call));
  }

  private CallReorderer reorderer(
      CallOrder call, Context context, Collector<Either<OrderedChunk, CallEnd>> out) {
    return new CallReorderer(
        call, state.waiting(), options, new OrderOutput(context::output, metrics, out));
  }
}
