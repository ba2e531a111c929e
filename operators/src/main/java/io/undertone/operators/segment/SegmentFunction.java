package io.undertone.operators.segment;

import io.undertone.audio.Utterance;
import io.undertone.audio.codec.UndecodableAudioException;
import io.undertone.audio.segment.SegmenterMode;
import io.undertone.audio.segment.SegmenterState;
import io.undertone.audio.vad.VoiceActivityDetector;
import io.undertone.operators.CallEnd;
import io.undertone.operators.Conversation;
import io.undertone.operators.RecordRange;
import io.undertone.operators.Stage;
import io.undertone.operators.StageMetrics;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.ChunkLetters;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.encryption.StateCipher;
import io.undertone.operators.encryption.StateEntry;
import io.undertone.operators.encryption.StateKeySource;
import io.undertone.operators.utterance.SpokenUtterance;
import io.undertone.operators.utterance.UtteranceSpan;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.DeadLetterReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Decodes ordered chunks and splits each channel into utterances. Audio that passed validation but
 * cannot be decoded goes to {@link DeadLetters#TAG} and counts as missing.
 */
public final class SegmentFunction
    extends KeyedProcessFunction<
        String, Either<OrderedChunk, CallEnd>, Either<SpokenUtterance, CallEnd>> {
  private static final long serialVersionUID = 1L;

  private static final String CHANNELS = "channel-audio";

  private final SegmentOptions options;
  private final StateKeySource keys;
  private final VoiceActivityDetectorFactory detectors;
  private transient @Nullable VoiceActivityDetector detector;
  private transient MapState<Integer, StoredAudio> channels;
  private transient StateCipher cipher;
  private transient Counter deadLetters;
  private transient Counter utterances;
  private transient Counter missingAudioMs;

  @SuppressWarnings("NullAway.Init") // Flink calls open first.
  public SegmentFunction(
      SegmentOptions options, StateKeySource keys, VoiceActivityDetectorFactory detectors) {
    this.options = options;
    this.keys = keys;
    this.detectors = detectors;
  }

  @Override
  public void open(OpenContext context) {
    cipher = keys.open();
    channels =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    CHANNELS, IntSerializer.INSTANCE, ChannelAudioSerializer.INSTANCE));
    StageMetrics metrics = new StageMetrics(getRuntimeContext());
    deadLetters = metrics.counter("deadLetters");
    utterances = metrics.counter("utterances");
    missingAudioMs = metrics.counter("missingAudioMs");
    detector = detectors.open();
  }

  @Override
  public void processElement(
      Either<OrderedChunk, CallEnd> step,
      Context context,
      Collector<Either<SpokenUtterance, CallEnd>> out)
      throws Exception {
    if (step.isLeft()) {
      accept(step.left(), context, out);
    } else {
      out.collect(Either.Right(end(step.right(), context, out)));
    }
  }

  private void accept(
      OrderedChunk ordered, Context context, Collector<Either<SpokenUtterance, CallEnd>> out)
      throws Exception {
    AudioChunk chunk = ordered.chunk().audio();
    long offset = ordered.chunk().at().offset();
    Completion completion =
        new Completion(
            ordered.conversation(),
            offset,
            ordered.attributes(),
            context.timerService().currentProcessingTime());
    StateEntry entry = entry(context.getCurrentKey(), chunk.getChannel());
    ChannelAudio audio = audioFor(chunk, entry, completion, out);
    List<Utterance> closed = new ArrayList<>();
    ChannelProcessor processor = new ChannelProcessor(options, detector(), audio);
    try {
      closed.addAll(processor.accept(ordered));
    } catch (UndecodableAudioException e) {
      reject(ordered.chunk(), e, context);
    }
    if (chunk.getLastChunk()) {
      closed.addAll(processor.finish());
    }
    collect(completion, chunk.getChannel(), audio, closed, out);
    channels.put(chunk.getChannel(), StoredAudio.of(audio, entry, cipher));
  }

  /**
   * The state of the chunk's channel. A role that may be heard in another way than that before ends
   * what was heard so far, so that the model never hears a role that it must not.
   */
  private ChannelAudio audioFor(
      AudioChunk chunk,
      StateEntry entry,
      Completion completion,
      Collector<Either<SpokenUtterance, CallEnd>> out)
      throws Exception {
    StoredAudio stored = channels.get(chunk.getChannel());
    if (stored == null) {
      return ChannelAudio.startingAt(chunk.getRole(), chunk.getStartOffsetMs());
    }
    ChannelAudio audio = stored.audio(entry, cipher);
    SegmenterState open = audio.segmenter;
    if (open == null || options.modeOf(chunk.getRole()) == options.modeOf(audio.role)) {
      return audio;
    }
    List<Utterance> closed = new ChannelProcessor(options, detector(), audio).finish();
    collect(completion, chunk.getChannel(), audio, closed, out);
    return audio.continuedAs(chunk.getRole(), open, chunk.getStartOffsetMs());
  }

  /** Emits open utterances, unless analysis was denied, and erases the call. */
  private CallEnd end(CallEnd end, Context context, Collector<Either<SpokenUtterance, CallEnd>> out)
      throws Exception {
    SortedMap<Integer, ChannelAudio> call = new TreeMap<>();
    for (Map.Entry<Integer, StoredAudio> stored : channels.entries()) {
      StateEntry entry = entry(context.getCurrentKey(), stored.getKey());
      call.put(stored.getKey(), stored.getValue().audio(entry, cipher));
    }
    channels.clear();
    Completion completion =
        new Completion(
            end.conversation(),
            end.lastOffset(),
            end.attributes(),
            context.timerService().currentProcessingTime());
    long endOffsetMs = end.endOffsetMs();
    long endTimeMs = end.eventTimeMs();
    long missingMs = 0;
    for (Map.Entry<Integer, ChannelAudio> entry : call.entrySet()) {
      ChannelAudio audio = entry.getValue();
      if (!end.isDenied() && audio.segmenter != null) {
        List<Utterance> closed = new ChannelProcessor(options, detector(), audio).finish();
        collect(completion, entry.getKey(), audio, closed, out);
      }
      endOffsetMs = Math.max(endOffsetMs, audio.endOffsetMs);
      endTimeMs = Math.max(endTimeMs, audio.callBeginMs + audio.endOffsetMs);
      missingMs += audio.missingAudioMs;
    }
    missingAudioMs.inc(missingMs);
    return end.withAudio(endOffsetMs, endTimeMs, missingMs);
  }

  private static StateEntry entry(String call, int channel) {
    return new StateEntry(CHANNELS, call, channel);
  }

  /**
   * What completes utterances: a chunk, or the end of the call.
   *
   * @param offset in the audio topic
   * @param attributes of the call at that time
   * @param atMs processing time
   */
  private record Completion(
      Conversation conversation, long offset, Map<String, String> attributes, long atMs) {}

  private void collect(
      Completion completion,
      int channel,
      ChannelAudio audio,
      List<Utterance> closed,
      Collector<Either<SpokenUtterance, CallEnd>> out) {
    boolean activity = options.modeOf(audio.role) == SegmenterMode.ACTIVITY;
    for (Utterance utterance : closed) {
      UtteranceSpan span =
          new UtteranceSpan(
              completion.conversation(),
              channel,
              audio.role,
              utterance.index(),
              utterance.beginOffsetMs(),
              utterance.endOffsetMs(),
              utterance.missingAudioMs(),
              audio.callBeginMs + utterance.endOffsetMs(),
              completion.offset(),
              completion.attributes());
      if (activity) {
        out.collect(Either.Left(SpokenUtterance.activity(span, completion.atMs())));
        continue;
      }
      utterances.inc();
      RecordRange records =
          audio.origins.of(utterance.beginOffsetMs(), utterance.endOffsetMs()).orElse(null);
      out.collect(
          Either.Left(SpokenUtterance.of(span, records, completion.atMs(), utterance.audio())));
    }
    if (audio.segmenter == null) {
      audio.origins.clear();
    } else {
      audio.origins.forgetBefore(audio.segmenter.pendingOffsetMs());
    }
  }

  private void reject(Chunk chunk, UndecodableAudioException cause, Context context) {
    deadLetters.inc();
    String message = String.valueOf(cause.getMessage());
    context.output(
        DeadLetters.TAG,
        ChunkLetters.of(
            chunk,
            Stage.SEGMENT,
            DeadLetterReason.UNDECODABLE_AUDIO,
            message,
            options.activityRoles()));
  }

  private VoiceActivityDetector detector() {
    if (detector == null) {
      throw new IllegalStateException("the detector must be open, but is not");
    }
    return detector;
  }

  @Override
  public void close() {
    if (detector != null) {
      detector.close();
      detector = null;
    }
  }
}
