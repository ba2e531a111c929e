package io.undertone.operators.recognize;

import io.undertone.audio.segment.ChannelSegmenter;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionModel;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.recognizer.DeviceHungException;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.recognizer.RecognizerClient;
import io.undertone.model.recognizer.UnrecognizableUtteranceException;
import io.undertone.operators.CallEnd;
import io.undertone.operators.ConversationKeys;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.encryption.StateKeySource;
import io.undertone.operators.trace.UtteranceTraces;
import io.undertone.operators.utterance.RecognizedUtterance;
import io.undertone.operators.utterance.SpokenUtterance;
import io.undertone.operators.utterance.UtteranceSpan;
import io.undertone.schemas.ShedReason;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.types.Either;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.function.ThrowingConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes each utterance with the memory of its channel and the last estimate of the call's
 * other side, and updates the memory. The end of a call erases it. An utterance that the model
 * fails on is a dead letter, and its call goes on as if nobody had spoken. A model that does not
 * work fails the task, with its own exception or error; a device that hangs has the consequence of
 * {@link HungDevice}.
 *
 * <pre>
 * step ─► its call's turn ─► call in use ─► recognizer ─► (model's thread: a batch of many calls)
 *              ▲                                                  │
 *              └── next step of the call ◄─ event ◄─ call idle ◄─ mail
 * </pre>
 *
 * <p>The task's thread does not wait for the model: it takes in more steps, up to a bound, until a
 * mail brings a result. Only the task's thread touches state. Before a barrier, a watermark and the
 * end of input, the operator completes all steps in progress: a snapshot holds calls, and never an
 * utterance.
 */
public final class RecognizeOperator
    extends AbstractStreamOperator<Either<RecognizedUtterance, CallEnd>>
    implements OneInputStreamOperator<
            Either<SpokenUtterance, CallEnd>, Either<RecognizedUtterance, CallEnd>>,
        BoundedOneInput {
  private static final long serialVersionUID = 1L;

  /** The type of this stage's output. */
  public static final TypeInformation<Either<RecognizedUtterance, CallEnd>> OUTPUT_TYPE =
      TypeInformation.of(new TypeHint<>() {});

  private final RecognizeOptions options;
  private final StateKeySource keys;
  private final EmotionModelFactory models;
  private transient MailboxExecutor mailbox;
  private transient Turns<Step> turns;
  private transient StepAges ages;
  private transient RecognizeMetrics measured;
  private transient UtteranceTraces traces;
  private transient RunningClock clock;
  private transient Sweep sweep;
  private transient @Nullable ModelHandle handle;
  private transient @Nullable RecognizerClient client;
  private transient @Nullable ResidentCalls calls;
  private transient @Nullable Shedding shedding;

  @SuppressWarnings("NullAway.Init") // Flink calls setMailboxExecutor and open first.
  public RecognizeOperator(
      RecognizeOptions options, StateKeySource keys, EmotionModelFactory models) {
    this.options = options;
    this.keys = keys;
    this.models = models;
  }

  @Override
  public void setMailboxExecutor(MailboxExecutor executor) {
    mailbox = executor;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    clock = RunningClock.of(context, getProcessingTimeService()::getCurrentProcessingTime);
  }

  @Override
  public void open() throws Exception {
    super.open();
    turns = new Turns<>();
    ages = new StepAges(this::nowMs);
    measured = new RecognizeMetrics(getRuntimeContext());
    traces = new UtteranceTraces(getMetricGroup(), options.tracedShare());
    handle = models.open();
    EmotionModel model = handle.model();
    if (model.sampleRateHz() != ChannelSegmenter.SAMPLE_RATE_HZ) {
      throw new IllegalStateException(
          "the model's sample rate must be %d Hz, but is %d"
              .formatted(ChannelSegmenter.SAMPLE_RATE_HZ, model.sampleRateHz()));
    }
    client = handle.recognizer().newClient(options.batches(), this::hung);
    CallStates states =
        CallStates.of(getRuntimeContext(), keys.open(), model, measured.memoryResets());
    calls = new ResidentCalls(this, states, options, clock::nowMs);
    sweep = new Sweep(getKeyedStateBackend(), states, CallStates.states(), options.memoryTtlMs());
    sweep.requireKeys();
    shedding = new Shedding(options.load(), model, client, this::nowMs);
    measured.watch(calls, turns, ages, handle);
  }

  @Override
  public void processElement(StreamRecord<Either<SpokenUtterance, CallEnd>> record)
      throws Exception {
    while (turns.steps() >= options.mostSteps()) {
      mailbox.yield();
    }
    String key = ConversationKeys.ofStep(record.getValue());
    Step step =
        new Step(record, nowMs(), shedding().onArrival(record.getValue(), turns.steps(key)));
    ages.begin(step);
    if (turns.enter(key, step)) {
      take(key, step);
    }
  }

  /** Takes a step whose turn it is. */
  private void take(String key, Step step) throws Exception {
    if (!step.isUtterance()) {
      calls().eraseCall(key);
      CallEnd end = step.record().getValue().right().withModelVersion(model().version().toString());
      output.collect(step.record().replace(Either.Right(end)));
      end(key, step);
    } else if (step.utterance().isActivity()) {
      pass(step);
      end(key, step);
    } else if (step.shed() != null) {
      takeShed(step, step.shed());
    } else if (calls().admits(step.utterance().conversation())) {
      takeWithMemory(step);
    } else {
      takeShed(step, shedding().begin(step.utterance(), ShedReason.TENANT_LIMIT));
    }
  }

  /** Passes on speech of which only voice activity was heard: the model gets none of it. */
  private void pass(Step step) {
    RecognizedUtterance passed =
        RecognizedUtterance.activity(step.utterance().span(), model().version().toString());
    output.collect(step.record().replace(Either.Left(passed)));
  }

  private void takeWithMemory(Step step) throws Exception {
    SpokenUtterance utterance = step.utterance();
    ResidentCall call = calls().use(utterance.conversation());
    RecognitionRequest request = call.live().request(utterance.span().channel(), utterance.pcm());
    long begunMs = nowMs();
    whenDone(
        client().submit(request),
        recognition -> recognized(step, begunMs, call, recognition),
        failure -> {
          rejectUnrecognizable(step, failure);
          calls().unchanged(call);
          end(call.key(), step);
          makeRoom();
        });
  }

  private void takeShed(Step step, ShedUtterance shed) {
    String key = step.utterance().conversation().key();
    whenDone(
        shed.result(),
        recognition -> {
          shedding().end(shed);
          measured.shed(shed.reason(), lagMs(step));
          traces.report(step.utterance().span(), step.passage(step.atMs(), nowMs()));
          output.collect(
              step.record()
                  .replace(
                      Either.Left(
                          shed.recognized(step.utterance(), recognition, model().version()))));
          end(key, step);
        },
        failure -> {
          shedding().end(shed);
          rejectUnrecognizable(step, failure);
          end(key, step);
        });
  }

  private void recognized(Step step, long begunMs, ResidentCall call, Recognition recognition)
      throws Exception {
    UtteranceSpan span = step.utterance().span();
    calls().recognized(call, span.channel(), span.endOffsetMs(), recognition);
    measured.recognized(recognition.update(), lagMs(step));
    traces.report(span, step.passage(begunMs, nowMs()));
    RecognizedUtterance recognized =
        new RecognizedUtterance(
            span,
            recognition.estimate().toArray(),
            recognition.update(),
            call.live().memory(span.channel()).updateStep(),
            model().version().toString(),
            call.takeReset(span.channel()),
            null,
            recognition.withoutMemory().map(EmotionEstimate::toArray).orElse(null),
            step.utterance().prosody());
    output.collect(step.record().replace(Either.Left(recognized)));
    end(call.key(), step);
    makeRoom();
  }

  /** Makes a dead letter of an utterance that the model fails on. */
  private void rejectUnrecognizable(Step step, Throwable failure) {
    if (!(failure instanceof UnrecognizableUtteranceException unrecognizable)) {
      throw broken(failure);
    }
    measured.unrecognizable();
    output.collect(
        DeadLetters.TAG, new StreamRecord<>(UtteranceLetters.of(step.utterance(), unrecognizable)));
  }

  /** Called on the watching thread of the device. */
  private void hung(DeviceHungException failure) {
    options.hungDevice().follow(failure, mailbox);
  }

  /** Throws an error as it is: Flink decides by its class whether the process can go on. */
  private static RuntimeException broken(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof DeviceHungException
        ? new SuppressRestartsException(failure)
        : new FlinkRuntimeException("the model has failed", failure);
  }

  private void end(String key, Step step) throws Exception {
    ages.end(step);
    takeNext(key);
  }

  private long nowMs() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  private long lagMs(Step step) {
    return nowMs() - step.utterance().span().eventTimeMs();
  }

  private void takeNext(String key) throws Exception {
    Step next = turns.leave(key);
    if (next != null) {
      take(key, next);
    }
  }

  /** Saves calls and takes them from the device while there are too many. Their next steps wait. */
  private void makeRoom() {
    for (ResidentCall leaving = calls().overflow(); leaving != null; leaving = calls().overflow()) {
      ResidentCall call = leaving;
      turns.hold(call.key());
      whenDone(
          client().snapshots(call.unsavedMemories()),
          snapshots -> {
            calls().evict(call, snapshots);
            measured.evicted(snapshots.size());
            takeNext(call.key());
            makeRoom();
          },
          failure -> {
            throw broken(failure);
          });
    }
  }

  /** Continues on the task's thread when the model's thread has a result. */
  private <T> void whenDone(
      CompletableFuture<T> result,
      ThrowingConsumer<T, ? extends Exception> next,
      ThrowingConsumer<Throwable, ? extends Exception> failed) {
    // A task that has ended refuses the mail. Nothing waits for the result then.
    CompletableFuture<T> unused =
        result.whenComplete(
            (value, failure) ->
                mailbox.execute(
                    () -> {
                      if (failure == null) {
                        next.accept(value);
                      } else {
                        failed.accept(failure);
                      }
                    },
                    "recognize"));
  }

  /** Completes all steps in progress. */
  private void drain() throws InterruptedException {
    while (turns.steps() > 0) {
      client().flush();
      mailbox.yield();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws InterruptedException {
    drain();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    long beginNanos = System.nanoTime();
    calls().eraseExpired();
    long bytes = calls().saveAll(client());
    sweep.run(clock.nowMs());
    clock.save();
    measured.saved(bytes, System.nanoTime() - beginNanos);
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    drain();
    super.processWatermark(watermark);
  }

  @Override
  public void endInput() throws InterruptedException {
    drain();
  }

  @Override
  public void close() throws Exception {
    if (client != null) {
      client.close();
      client = null;
    }
    if (shedding != null) {
      shedding.close();
      shedding = null;
    }
    if (calls != null) {
      calls.close();
      calls = null;
    }
    if (handle != null) {
      handle.close();
      handle = null;
    }
    super.close();
  }

  private EmotionModel model() {
    return opened(handle).model();
  }

  private RecognizerClient client() {
    return opened(client);
  }

  private Shedding shedding() {
    return opened(shedding);
  }

  private ResidentCalls calls() {
    return opened(calls);
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the stage must be open, but is not");
    }
    return part;
  }
}
