package io.undertone.jobs.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.model.EmotionPrior;
import io.undertone.model.MemoryEncoding.OptimizerState;
import io.undertone.model.MemoryEncoding.Weights;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import io.undertone.operators.emit.EmitOptions;
import io.undertone.operators.order.CallLimits;
import io.undertone.operators.order.OrderOptions;
import io.undertone.operators.recognize.RecognizeOptions;
import io.undertone.schemas.Role;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** What the job analyses, and how, in the order of the stages. */
public final class AnalysisOptions {
  private static final SegmenterConfig SEGMENTER = SegmenterConfig.defaults();
  private static final CallLimits LIMITS = CallLimits.defaults();
  private static final RecognizeOptions RECOGNIZE = RecognizeOptions.defaults();

  public static final JobOption<String> MODEL_DIR =
      new JobOption<>(
          key("model-dir")
              .stringType()
              .defaultValue("models/undertone-small")
              .withDescription("Folder of the model, on each machine of the cluster."),
          Expectation.matching("\\S.*", "a folder"));

  public static final JobOption<ArithmeticChoice> ARITHMETIC =
      new JobOption<>(
          key("arithmetic")
              .enumType(ArithmeticChoice.class)
              .defaultValue(ArithmeticChoice.AUTO)
              .withDescription(
                  "Arithmetic of the model's pretrained encoder; auto is bf16 on processors that"
                      + " multiply it faster, otherwise float32. Unless it is float32, a decoder"
                      + " that is stored in bf16 stays so."),
          Expectation.oneOf(ArithmeticChoice.class));

  public static final JobOption<String> DEVICE =
      new JobOption<>(
          key("device")
              .stringType()
              .defaultValue(DeviceChoice.CPU.toString())
              .withDescription(
                  "Device that computes, on each machine of the cluster; a GPU needs a build with"
                      + " Maven's profile cuda."),
          Expectation.matching(DeviceChoice.PATTERN, DeviceChoice.EXPECTED));

  public static final JobOption<String> PRIOR =
      new JobOption<>(
          key("prior")
              .stringType()
              .defaultValue(EmotionPrior.CALLS.toString())
              .withDescription(
                  "How probable each emotion is in your calls before anything is known of an"
                      + " utterance. Estimates are corrected from the prior that the model was"
                      + " trained with to this one."),
          Expectation.prior());

  public static final JobOption<List<Role>> ROLES =
      new JobOption<>(
          key("roles")
              .enumType(Role.class)
              .asList()
              .defaultValues(Role.CUSTOMER)
              .withDescription("Which sides of a call are analysed."),
          Expectation.someOf(Role.class));

  public static final JobOption<List<Role>> ACTIVITY_ROLES =
      new JobOption<>(
          key("activity-roles")
              .enumType(Role.class)
              .asList()
              .defaultValues()
              .withDescription(
                  "Which other sides voice activity alone hears, and never the model: for talk"
                      + " time, non-talk time and interruptions in the summary of a call."),
          Expectation.anyOf(Role.class));

  public static final JobOption<Duration> REORDER_BOUND =
      new JobOption<>(
          key("reorder-bound")
              .durationType()
              .defaultValue(Duration.ofMillis(OrderOptions.defaults().reorderBoundMs()))
              .withDeprecatedKeys("reorder-bound-ms")
              .withDescription(
                  "The job stops waiting for a missing chunk once this much later audio has"
                      + " arrived."),
          Expectation.duration(Duration.ZERO, Duration.ofMinutes(10)));

  public static final JobOption<Duration> CONVERSATION_TIMEOUT =
      new JobOption<>(
          key("conversation-timeout")
              .durationType()
              .defaultValue(Duration.ofMillis(LIMITS.conversationTimeoutMs()))
              .withDeprecatedKeys("conversation-timeout-ms")
              .withDescription(
                  "A call without a chunk for this long has ended, as the timestamps of the records"
                      + " in its partition tell. It must exceed the longest hold without chunks."),
          Expectation.duration(Duration.ofMillis(1), Duration.ofDays(1)));

  public static final JobOption<Duration> STALLED_TIMEOUT =
      new JobOption<>(
          key("stalled-timeout")
              .durationType()
              .defaultValue(Duration.ofMillis(LIMITS.stalledTimeoutMs()))
              .withDescription(
                  "A call without a chunk for this long by the clock has ended, if its partition"
                      + " stood still meanwhile; the conversation timeout, if that is longer."),
          Expectation.duration(Duration.ofMillis(1), Duration.ofDays(30)));

  public static final JobOption<Duration> CHANNEL_LINGER =
      new JobOption<>(
          key("channel-linger")
              .durationType()
              .defaultValue(Duration.ofMillis(LIMITS.lingerMs()))
              .withDescription(
                  "How long a call whose chunks do not list its channels waits for another channel,"
                      + " after the last chunks of those it has had."),
          Expectation.duration(Duration.ZERO, Duration.ofHours(1)));

  public static final JobOption<Duration> DENIAL_TTL =
      new JobOption<>(
          key("denial-ttl")
              .durationType()
              .defaultValue(Duration.ofMillis(LIMITS.deniedTtlMs()))
              .withDescription(
                  "How long the job remembers that a call's analysis was denied, in the time of its"
                      + " partition. It must exceed the retention of the audio topic and of the"
                      + " dead letters."),
          Expectation.duration(Duration.ofHours(1), Duration.ofDays(3650)));

  public static final JobOption<Duration> PAUSE =
      new JobOption<>(
          key("pause")
              .durationType()
              .defaultValue(Duration.ofMillis(SEGMENTER.pauseMs()))
              .withDeprecatedKeys("pause-ms")
              .withDescription("A pause this long ends an utterance."),
          Expectation.duration(Duration.ofMillis(SEGMENTER.paddingMs()), Duration.ofSeconds(5)));

  public static final JobOption<Duration> MIN_SPEECH =
      new JobOption<>(
          key("min-speech")
              .durationType()
              .defaultValue(Duration.ofMillis(SEGMENTER.minSpeechMs()))
              .withDeprecatedKeys("min-speech-ms")
              .withDescription("An utterance with less speech is dropped."),
          Expectation.duration(Duration.ofMillis(40), Duration.ofSeconds(5)));

  public static final JobOption<Duration> MAX_UTTERANCE =
      new JobOption<>(
          key("max-utterance")
              .durationType()
              .defaultValue(Duration.ofMillis(SEGMENTER.maxUtteranceMs()))
              .withDeprecatedKeys("max-utterance-ms")
              .withDescription("A longer utterance is split at its quietest place."),
          Expectation.duration(
              Duration.ofMillis(2 * SEGMENTER.cutSearchMs()), Duration.ofMinutes(1)));

  public static final JobOption<Duration> MEMORY_TTL =
      new JobOption<>(
          key("memory-ttl")
              .durationType()
              .defaultValue(Duration.ofMillis(RECOGNIZE.memoryTtlMs()))
              .withDeprecatedKeys("memory-ttl-ms")
              .withDescription(
                  "A memory without an update for this long, while the job runs, is erased, even if"
                      + " its call has not ended."),
          Expectation.duration(Duration.ofMillis(1), Duration.ofDays(30)));

  public static final JobOption<Integer> BATCH_SIZE =
      new JobOption<>(
          key("batch-size")
              .intType()
              .defaultValue(RECOGNIZE.batches().utterances())
              .withDescription(
                  "Maximum batch size; a batch has at most one utterance per call, and starts at"
                      + " once when it is full."),
          Expectation.wholeNumber(1, 1024));

  public static final JobOption<Duration> BATCH_WAIT =
      new JobOption<>(
          key("batch-wait")
              .durationType()
              .defaultValue(Duration.ofMillis(RECOGNIZE.batches().waitMs()))
              .withDeprecatedKeys("batch-wait-ms")
              .withDescription(
                  "How long an utterance waits for others to share a batch with while the model is"
                      + " idle."),
          Expectation.duration(Duration.ZERO, Duration.ofMinutes(1)));

  public static final JobOption<MemorySize> RESIDENT_MEMORY =
      new JobOption<>(
          key("resident-memory")
              .memoryType()
              .defaultValue(new MemorySize(RECOGNIZE.residentBytes()))
              .withDeprecatedKeys("resident-memory-bytes")
              .withDescription(
                  "Size of the idle memories that stay on the model's device, for each subtask."),
          Expectation.memorySize());

  public static final JobOption<Weights> SAVED_WEIGHTS =
      new JobOption<>(
          key("saved-weights")
              .enumType(Weights.class)
              .defaultValue(RECOGNIZE.saving().weights())
              .withDescription(
                  "Precision of a memory in checkpoints, and when it leaves the device."),
          Expectation.oneOf(Weights.class));

  public static final JobOption<OptimizerState> SAVED_OPTIMIZER =
      new JobOption<>(
          key("saved-optimizer")
              .enumType(OptimizerState.class)
              .defaultValue(RECOGNIZE.saving().optimizerState())
              .withDescription("How the optimizer's state of a memory is saved."),
          Expectation.oneOf(OptimizerState.class));

  public static final JobOption<Double> UNCERTAIN_BELOW =
      new JobOption<>(
          key("uncertain-below")
              .doubleType()
              .defaultValue(EmitOptions.defaults().uncertainBelow())
              .withDescription(
                  "An event whose largest probability is below this names 'uncertain' as its"
                      + " emotion; its probabilities stay. 0 never does."),
          Expectation.number(0, 1));

  static final List<JobOption<?>> ALL =
      List.of(
          MODEL_DIR,
          ARITHMETIC,
          DEVICE,
          PRIOR,
          ROLES,
          ACTIVITY_ROLES,
          REORDER_BOUND,
          CONVERSATION_TIMEOUT,
          STALLED_TIMEOUT,
          CHANNEL_LINGER,
          DENIAL_TTL,
          PAUSE,
          MIN_SPEECH,
          MAX_UTTERANCE,
          MEMORY_TTL,
          BATCH_SIZE,
          BATCH_WAIT,
          RESIDENT_MEMORY,
          SAVED_WEIGHTS,
          SAVED_OPTIMIZER,
          UNCERTAIN_BELOW);

  private AnalysisOptions() {}
}
