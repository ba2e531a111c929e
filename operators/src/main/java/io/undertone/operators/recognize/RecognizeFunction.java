package io.undertone.operators.recognize;

import io.undertone.audio.segment.ChannelSegmenter;
import io.undertone.model.EmotionModel;
import io.undertone.model.EmotionModelFactory;
import io.undertone.model.LoraMemory;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.operators.CallEnd;
import io.undertone.operators.StageMetrics;
import io.undertone.operators.segment.SpokenUtterance;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Hears each utterance with the memory of its channel, which learns it. Memories are erased at the
 * call's end. What the model throws fails the task: a broken machine is no bad input.
 */
public final class RecognizeFunction
    extends KeyedProcessFunction<
        String, Either<SpokenUtterance, CallEnd>, Either<RecognizedUtterance, CallEnd>> {
  private static final long serialVersionUID = 1L;

  private final RecognizeOptions options;
  private final EmotionModelFactory models;
  private transient @Nullable EmotionModel model;
  private transient ConversationMemories memories;
  private transient Counter recognizedUtterances;
  private transient Counter droppedUpdates;

  @SuppressWarnings("NullAway.Init") // Flink calls open before anything else.
  public RecognizeFunction(RecognizeOptions options, EmotionModelFactory models) {
    this.options = options;
    this.models = models;
  }

  @Override
  public void open(OpenContext context) {
    StageMetrics metrics = new StageMetrics(getRuntimeContext());
    recognizedUtterances = metrics.counter("recognizedUtterances");
    droppedUpdates = metrics.counter("droppedUpdates");
    model = models.open();
    if (model.sampleRateHz() != ChannelSegmenter.SAMPLE_RATE_HZ) {
      throw new IllegalStateException(
          "the model must hear utterances at %d Hz, but wants %d"
              .formatted(ChannelSegmenter.SAMPLE_RATE_HZ, model.sampleRateHz()));
    }
    memories =
        ConversationMemories.of(
            getRuntimeContext(), options, model, metrics.counter("memoryResets"));
  }

  @Override
  public void processElement(
      Either<SpokenUtterance, CallEnd> step,
      Context context,
      Collector<Either<RecognizedUtterance, CallEnd>> out)
      throws Exception {
    if (step.isLeft()) {
      out.collect(Either.Left(hear(step.left())));
    } else {
      memories.erase();
      out.collect(Either.Right(step.right().withModelVersion(model().version().toString())));
    }
  }

  private RecognizedUtterance hear(SpokenUtterance utterance) throws Exception {
    int channel = utterance.span().channel();
    try (LoraMemory memory = memories.load(utterance.conversation(), channel)) {
      RecognitionRequest request = new RecognitionRequest(utterance.pcm(), memory);
      Recognition recognition = model().recognize(List.of(request)).get(0);
      memories.save(channel, memory);
      recognizedUtterances.inc();
      if (!recognition.update().applied()) {
        droppedUpdates.inc();
      }
      return new RecognizedUtterance(
          utterance.span(),
          recognition.estimate().toArray(),
          recognition.update(),
          memory.updateStep(),
          model().version().toString());
    }
  }

  private EmotionModel model() {
    if (model == null) {
      throw new IllegalStateException("the model must be open, but is not");
    }
    return model;
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
      model = null;
    }
  }
}
