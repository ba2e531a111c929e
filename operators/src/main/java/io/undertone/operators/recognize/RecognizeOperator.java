package io.undertone.operators.recognize;

import io.undertone.audio.segment.ChannelSegmenter;
import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionModel;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.recognizer.RecognizerClient;
import io.undertone.operators.CallEnd;
import io.undertone.operators.ConversationKeys;
import io.undertone.operators.recognize.ResidentMemories.Resident;
import io.undertone.operators.segment.SpokenUtterance;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
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
 * Hears each utterance with the memory of its channel, which learns it, and tells what the other
 * channel was last heard to feel. Memories are erased at the call's end. What the model throws
 * fails the task: a broken machine is no bad input.
 *
 * <pre>
 * step -> its call's turn -> memory in use -> line -> (model's thread: a batch of many calls)
 *              ^                                                  |
 *              +---- next step of the call <- event <- memory idle <- mail
 * </pre>
 *
 * <p>The task's thread never waits for the model, but takes in more steps, up to a bound, until a
 * mail brings a result. All state is touched by the task's thread alone. Before a barrier, a
 * watermark and the end of input, all steps that were taken in are brought to their end: a snapshot
 * holds memories, and never an utterance.
 */
public final class RecognizeOperator
    extends AbstractStreamOperator<Either<RecognizedUtterance, CallEnd>>
    implements OneInputStreamOperator<
            Either<SpokenUtterance, CallEnd>, Either<RecognizedUtterance, CallEnd>>,
        BoundedOneInput {
  private static final long serialVersionUID = 1L;

  /** What this stage gives. */
  public static final TypeInformation<Either<RecognizedUtterance, CallEnd>> OUTPUT_TYPE =
      TypeInformation.of(new TypeHint<>() {});

  private final RecognizeOptions options;
  private final EmotionModelFactory models;
  private transient MailboxExecutor mailbox;
  private transient Turns<StreamRecord<Either<SpokenUtterance, CallEnd>>> turns;
  private transient RecognizeMetrics measured;
  private transient @Nullable ModelHandle handle;
  private transient @Nullable RecognizerClient client;
  private transient @Nullable ResidentMemories memories;

  @SuppressWarnings("NullAway.Init") // Flink calls setMailboxExecutor and open first.
  public RecognizeOperator(RecognizeOptions options, EmotionModelFactory models) {
    this.options = options;
    this.models = models;
  }

  @Override
  public void setMailboxExecutor(MailboxExecutor executor) {
    mailbox = executor;
  }

  @Override
  public void open() throws Exception {
    super.open();
    turns = new Turns<>();
    measured = new RecognizeMetrics(getRuntimeContext());
    handle = models.open();
    EmotionModel model = handle.model();
    if (model.sampleRateHz() != ChannelSegmenter.SAMPLE_RATE_HZ) {
      throw new IllegalStateException(
          "the model must hear utterances at %d Hz, but wants %d"
              .formatted(ChannelSegmenter.SAMPLE_RATE_HZ, model.sampleRateHz()));
    }
    client = handle.recognizer().newClient(options.batches());
    memories =
        new ResidentMemories(
            this,
            ConversationMemories.of(getRuntimeContext(), options, model, measured.memoryResets()),
            options,
            getProcessingTimeService()::getCurrentProcessingTime);
    measured.watch(memories, turns, handle);
  }

  @Override
  public void processElement(StreamRecord<Either<SpokenUtterance, CallEnd>> step) throws Exception {
    while (turns.steps() >= options.mostSteps()) {
      mailbox.yield();
    }
    String key = ConversationKeys.ofStep(step.getValue());
    if (turns.enter(key, step)) {
      take(key, step);
    }
  }

  /** Takes a step whose turn it is. */
  private void take(String key, StreamRecord<Either<SpokenUtterance, CallEnd>> step)
      throws Exception {
    if (step.getValue().isLeft()) {
      SpokenUtterance utterance = step.getValue().left();
      MemoryKey owner = MemoryKey.of(utterance);
      ChannelMemory memory = memories().use(owner, utterance.conversation());
      RecognitionRequest request =
          new RecognitionRequest(utterance.pcm(), memory, memories().otherSide(owner));
      whenDone(client().submit(request), recognition -> heard(step, memory, recognition));
    } else {
      memories().eraseCall(key);
      CallEnd end = step.getValue().right().withModelVersion(model().version().toString());
      output.collect(step.replace(Either.Right(end)));
      takeNext(key);
    }
  }

  private void heard(
      StreamRecord<Either<SpokenUtterance, CallEnd>> step,
      ChannelMemory memory,
      Recognition recognition)
      throws Exception {
    SpokenUtterance utterance = step.getValue().left();
    memories()
        .learned(MemoryKey.of(utterance), utterance.span().endOffsetMs(), recognition.estimate());
    measured.heard(recognition.update());
    RecognizedUtterance recognized =
        new RecognizedUtterance(
            utterance.span(),
            recognition.estimate().toArray(),
            recognition.update(),
            memory.updateStep(),
            model().version().toString());
    output.collect(step.replace(Either.Left(recognized)));
    takeNext(utterance.conversation().key());
    makeRoom();
  }

  private void takeNext(String key) throws Exception {
    StreamRecord<Either<SpokenUtterance, CallEnd>> next = turns.leave(key);
    if (next != null) {
      take(key, next);
    }
  }

  /** Has memories saved and taken from the device while there are too many; their calls wait. */
  private void makeRoom() {
    for (Resident leaving = memories().overflow(turns::isFree);
        leaving != null;
        leaving = memories().overflow(turns::isFree)) {
      MemoryKey key = leaving.key();
      turns.hold(key.call());
      whenDone(
          client().snapshot(leaving.memory()),
          snapshot -> {
            memories().evict(key, snapshot);
            measured.evicted();
            takeNext(key.call());
            makeRoom();
          });
    }
  }

  /** Goes on in the task's thread when the model's thread has come to a result. */
  private <T> void whenDone(
      CompletableFuture<T> result, ThrowingConsumer<T, ? extends Exception> next) {
    // A task that has ended refuses the mail: nobody waits for the result any more.
    CompletableFuture<T> unused =
        result.whenComplete(
            (value, failure) ->
                mailbox.execute(
                    () -> {
                      if (failure != null) {
                        throw new FlinkRuntimeException("the model has failed", failure);
                      }
                      next.accept(value);
                    },
                    "recognize"));
  }

  /** Brings to its end all that was taken in. */
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
    memories().eraseExpired();
    long bytes = memories().saveAll(client());
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
    if (memories != null) {
      memories.close();
      memories = null;
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

  private ResidentMemories memories() {
    return opened(memories);
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the stage must be open, but is not");
    }
    return part;
  }
}
