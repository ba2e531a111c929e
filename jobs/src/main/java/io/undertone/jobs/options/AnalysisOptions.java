package io.undertone.jobs.options;

import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.MemoryEncoding.OptimizerState;
import io.undertone.model.MemoryEncoding.Weights;
import io.undertone.model.recognizer.BatchLimits;
import io.undertone.operators.decode.DecodeOptions;
import io.undertone.operators.order.OrderOptions;
import io.undertone.operators.recognize.RecognizeOptions;
import io.undertone.operators.segment.SegmentOptions;
import io.undertone.schemas.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is analysed, and how, stage by stage.
 *
 * @param modelDir the model's folder, on each machine of the cluster
 * @param decode whose channels are analysed, and what a chunk may be
 * @param order how long to wait for a missing chunk, and for a silent call
 * @param segment how chunks join
 * @param recognize how long a memory lives, and how calls share the model
 */
public record AnalysisOptions(
    String modelDir,
    DecodeOptions decode,
    OrderOptions order,
    SegmentOptions segment,
    RecognizeOptions recognize) {

  /** The model's folder where nothing is said. */
  public static final String DEFAULT_MODEL_DIR = "models/undertone-small";

  private static final long ONE_DAY_MS = 86_400_000;
  private static final long ONE_TEBIBYTE = 1L << 40;

  static final Option<String> MODEL_DIR =
      new Option<>(
          "model-dir",
          DEFAULT_MODEL_DIR,
          "folder of the model, on each machine of the cluster",
          ValueType.matching("\\S.*", "a folder"));
  static final Option<Set<Role>> ROLES =
      new Option<>(
          "roles",
          "customer",
          "whose channels are analysed, separated by commas",
          ValueType.someOf(Role.class, EnumSet.allOf(Role.class)));
  static final Option<Long> REORDER_BOUND_MS =
      new Option<>(
          "reorder-bound-ms",
          String.valueOf(OrderOptions.defaults().reorderBoundMs()),
          "a missing chunk is given up when this much audio beyond it has come",
          ValueType.wholeLong(0, 600_000));
  static final Option<Long> CONVERSATION_TIMEOUT_MS =
      new Option<>(
          "conversation-timeout-ms",
          String.valueOf(OrderOptions.defaults().conversationTimeoutMs()),
          "a call that sends nothing for this long is over",
          ValueType.wholeLong(1, ONE_DAY_MS));
  static final Option<Integer> PAUSE_MS =
      new Option<>(
          "pause-ms",
          String.valueOf(SegmenterConfig.defaults().pauseMs()),
          "a pause that closes an utterance",
          ValueType.wholeNumber(SegmenterConfig.defaults().paddingMs(), 5_000));
  static final Option<Integer> MIN_SPEECH_MS =
      new Option<>(
          "min-speech-ms",
          String.valueOf(SegmenterConfig.defaults().minSpeechMs()),
          "an utterance with less speech is dropped",
          ValueType.wholeNumber(40, 5_000));
  static final Option<Integer> MAX_UTTERANCE_MS =
      new Option<>(
          "max-utterance-ms",
          String.valueOf(SegmenterConfig.defaults().maxUtteranceMs()),
          "a longer utterance is cut",
          ValueType.wholeNumber(2 * SegmenterConfig.defaults().cutSearchMs(), 60_000));
  static final Option<Long> MEMORY_TTL_MS =
      new Option<>(
          "memory-ttl-ms",
          String.valueOf(RecognizeOptions.defaults().memoryTtlMs()),
          "a memory that learned nothing for this long is erased whatever became of its call",
          ValueType.wholeLong(1, 30 * ONE_DAY_MS));
  static final Option<Integer> BATCH_SIZE =
      new Option<>(
          "batch-size",
          String.valueOf(RecognizeOptions.defaults().batches().utterances()),
          "most utterances, each of another call, that are heard together",
          ValueType.wholeNumber(1, 1_024));
  static final Option<Long> BATCH_WAIT_MS =
      new Option<>(
          "batch-wait-ms",
          String.valueOf(RecognizeOptions.defaults().batches().waitMs()),
          "an utterance waits this long for others to be heard with",
          ValueType.wholeLong(0, 60_000));
  static final Option<Long> RESIDENT_MEMORY_BYTES =
      new Option<>(
          "resident-memory-bytes",
          String.valueOf(RecognizeOptions.defaults().residentBytes()),
          "memories that stay on the model's device between utterances, in each subtask",
          ValueType.wholeLong(0, ONE_TEBIBYTE));
  static final Option<Weights> SAVED_WEIGHTS =
      new Option<>(
          "saved-weights",
          ValueType.optionName(RecognizeOptions.defaults().saving().weights()),
          "precision of memories in checkpoints, and where they leave the device",
          ValueType.oneOf(Weights.class));
  static final Option<OptimizerState> SAVED_OPTIMIZER =
      new Option<>(
          "saved-optimizer",
          ValueType.optionName(RecognizeOptions.defaults().saving().optimizerState()),
          "what becomes of the optimiser's state there",
          ValueType.oneOf(OptimizerState.class));
  static final List<Option<?>> OPTIONS =
      List.of(
          MODEL_DIR,
          ROLES,
          REORDER_BOUND_MS,
          CONVERSATION_TIMEOUT_MS,
          PAUSE_MS,
          MIN_SPEECH_MS,
          MAX_UTTERANCE_MS,
          MEMORY_TTL_MS,
          BATCH_SIZE,
          BATCH_WAIT_MS,
          RESIDENT_MEMORY_BYTES,
          SAVED_WEIGHTS,
          SAVED_OPTIMIZER);

  static AnalysisOptions from(OptionValues values) throws InvalidOptionException {
    return new AnalysisOptions(
        values.get(MODEL_DIR),
        DecodeOptions.defaults().withAnalysedRoles(values.get(ROLES)),
        OrderOptions.defaults()
            .withReorderBoundMs(values.get(REORDER_BOUND_MS))
            .withConversationTimeoutMs(values.get(CONVERSATION_TIMEOUT_MS)),
        SegmentOptions.defaults().withSegmenter(segmenter(values)),
        new RecognizeOptions(
            values.get(MEMORY_TTL_MS),
            new BatchLimits(values.get(BATCH_SIZE), values.get(BATCH_WAIT_MS)),
            values.get(RESIDENT_MEMORY_BYTES),
            new MemoryEncoding(values.get(SAVED_WEIGHTS), values.get(SAVED_OPTIMIZER))));
  }

  private static SegmenterConfig segmenter(OptionValues values) throws InvalidOptionException {
    SegmenterConfig defaults = SegmenterConfig.defaults();
    return new SegmenterConfig(
        defaults.onsetProbability(),
        defaults.sustainProbability(),
        values.get(PAUSE_MS),
        defaults.paddingMs(),
        values.get(MIN_SPEECH_MS),
        values.get(MAX_UTTERANCE_MS),
        defaults.cutSearchMs());
  }
}
