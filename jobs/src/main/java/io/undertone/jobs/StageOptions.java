package io.undertone.jobs;

import static io.undertone.jobs.options.AlertRuleOptions.ALERT_LATENESS;
import static io.undertone.jobs.options.AnalysisOptions.ACTIVITY_ROLES;
import static io.undertone.jobs.options.AnalysisOptions.BATCH_SIZE;
import static io.undertone.jobs.options.AnalysisOptions.BATCH_WAIT;
import static io.undertone.jobs.options.AnalysisOptions.CHANNEL_LINGER;
import static io.undertone.jobs.options.AnalysisOptions.CONVERSATION_TIMEOUT;
import static io.undertone.jobs.options.AnalysisOptions.DENIAL_TTL;
import static io.undertone.jobs.options.AnalysisOptions.MAX_UTTERANCE;
import static io.undertone.jobs.options.AnalysisOptions.MEMORY_TTL;
import static io.undertone.jobs.options.AnalysisOptions.MIN_SPEECH;
import static io.undertone.jobs.options.AnalysisOptions.PAUSE;
import static io.undertone.jobs.options.AnalysisOptions.REORDER_BOUND;
import static io.undertone.jobs.options.AnalysisOptions.RESIDENT_MEMORY;
import static io.undertone.jobs.options.AnalysisOptions.ROLES;
import static io.undertone.jobs.options.AnalysisOptions.SAVED_OPTIMIZER;
import static io.undertone.jobs.options.AnalysisOptions.SAVED_WEIGHTS;
import static io.undertone.jobs.options.AnalysisOptions.STALLED_TIMEOUT;
import static io.undertone.jobs.options.AnalysisOptions.UNCERTAIN_BELOW;
import static io.undertone.jobs.options.LimitOptions.BATCH_DEADLINE;
import static io.undertone.jobs.options.LimitOptions.MAX_CALLS_PER_TENANT;
import static io.undertone.jobs.options.LimitOptions.MAX_STEPS_PER_CALL;
import static io.undertone.jobs.options.LimitOptions.MAX_WAITING_AUDIO;
import static io.undertone.jobs.options.LimitOptions.SHED_LAG;
import static io.undertone.jobs.options.RuntimeOptions.STATE_KEYS;
import static io.undertone.jobs.options.RuntimeOptions.TRACED_CALLS;

import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.jobs.options.AnalysisOptions;
import io.undertone.jobs.options.JobOptions;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.recognizer.BatchLimits;
import io.undertone.operators.alert.AlertOptions;
import io.undertone.operators.decode.DecodeOptions;
import io.undertone.operators.emit.DocumentForm;
import io.undertone.operators.emit.EmitOptions;
import io.undertone.operators.encryption.StateKeySource;
import io.undertone.operators.order.CallLimits;
import io.undertone.operators.order.OrderOptions;
import io.undertone.operators.recognize.HungDevice;
import io.undertone.operators.recognize.LoadLimits;
import io.undertone.operators.recognize.RecognizeOptions;
import io.undertone.operators.segment.SegmentOptions;
import io.undertone.schemas.Role;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** {@link AnalysisOptions} as the stages take them, and where the keys of their state are. */
public record StageOptions(
    DecodeOptions decode,
    OrderOptions order,
    SegmentOptions segment,
    RecognizeOptions recognize,
    EmitOptions emit,
    AlertOptions alert,
    StateKeySource keys) {

  public static StageOptions of(JobOptions options) {
    Set<Role> activity = Set.copyOf(options.get(ACTIVITY_ROLES));
    Set<Role> heard = new HashSet<>(options.get(ROLES));
    heard.addAll(activity);
    CallLimits limits = limits(options);
    return new StageOptions(
        DecodeOptions.defaults()
            .withAnalysedRoles(heard)
            .withConversationTimeoutMs(limits.conversationTimeoutMs()),
        OrderOptions.defaults()
            .withMaxBufferedBytes(options.get(MAX_WAITING_AUDIO).getBytes())
            .withReorderBoundMs(options.get(REORDER_BOUND).toMillis())
            .withAnalysedRoles(heard)
            .withActivityRoles(activity)
            .withLimits(limits),
        SegmentOptions.defaults().withSegmenter(segmenter(options)).withActivityRoles(activity),
        new RecognizeOptions(
            options.get(MEMORY_TTL).toMillis(),
            new BatchLimits(
                options.get(BATCH_SIZE),
                options.get(BATCH_WAIT).toMillis(),
                options.get(BATCH_DEADLINE).toMillis()),
            options.get(RESIDENT_MEMORY).getBytes(),
            new MemoryEncoding(options.get(SAVED_WEIGHTS), options.get(SAVED_OPTIMIZER)),
            HungDevice.FAIL_JOB,
            new LoadLimits(
                options.get(MAX_CALLS_PER_TENANT),
                options.get(MAX_STEPS_PER_CALL),
                options.get(SHED_LAG).toMillis()),
            options.get(TRACED_CALLS)),
        new EmitOptions(options.get(UNCERTAIN_BELOW)).withDocuments(documents(options)),
        alert(options, limits),
        new StateKeySource(options.get(STATE_KEYS)));
  }

  /** The same for a job whose processes the cluster starts again when they end. */
  StageOptions onCluster() {
    return new StageOptions(
        decode,
        order,
        segment,
        recognize.withHungDevice(HungDevice.END_PROCESS),
        emit,
        alert,
        keys);
  }

  /** The event of an utterance comes after its end: whoever begins to speak is heard later. */
  private static AlertOptions alert(JobOptions options, CallLimits limits) {
    return new AlertOptions(
        options.alertRules(),
        options.hearing(),
        options.get(ALERT_LATENESS).plus(options.get(MAX_UTTERANCE)).toMillis(),
        limits.conversationTimeoutMs());
  }

  private static DocumentForm documents(JobOptions options) {
    return options.topics().contactLens().isEmpty() ? DocumentForm.NONE : DocumentForm.CONTACT_LENS;
  }

  private static CallLimits limits(JobOptions options) {
    return new CallLimits(
        options.get(CONVERSATION_TIMEOUT).toMillis(),
        options.get(STALLED_TIMEOUT).toMillis(),
        options.get(CHANNEL_LINGER).toMillis(),
        CallLimits.defaults().endedTtlMs(),
        options.get(DENIAL_TTL).toMillis());
  }

  private static SegmenterConfig segmenter(JobOptions options) {
    SegmenterConfig defaults = SegmenterConfig.defaults();
    return new SegmenterConfig(
        defaults.onsetProbability(),
        defaults.sustainProbability(),
        millis(options.get(PAUSE)),
        defaults.paddingMs(),
        millis(options.get(MIN_SPEECH)),
        millis(options.get(MAX_UTTERANCE)),
        defaults.cutSearchMs());
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
