package io.undertone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.alerts.rules.AlertRules;
import io.undertone.alerts.rules.Hearing;
import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.jobs.options.AlertRuleOptions;
import io.undertone.jobs.options.AnalysisOptions;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.LimitOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.MemoryEncoding.OptimizerState;
import io.undertone.model.MemoryEncoding.Weights;
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
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;

class StageOptionsTest {

  @Test
  void defaultsAreThoseOfTheStages() {
    assertThat(StageOptions.of(JobOptions.defaults()))
        .isEqualTo(
            new StageOptions(
                DecodeOptions.defaults(),
                OrderOptions.defaults(),
                SegmentOptions.defaults(),
                RecognizeOptions.defaults(),
                EmitOptions.defaults(),
                new AlertOptions(
                    AlertRules.defaultYaml(),
                    Hearing.ONE_SIDE,
                    15_000 + SegmenterConfig.defaults().maxUtteranceMs(),
                    300_000),
                StateKeySource.none()));
  }

  @Test
  void aTopicForContactLensAsksForDocuments() {
    StageOptions stages =
        StageOptions.of(JobOptions.defaults().with(KafkaOptions.CONTACT_LENS_TOPIC, "calls"));

    assertThat(stages.emit())
        .isEqualTo(EmitOptions.defaults().withDocuments(DocumentForm.CONTACT_LENS));
  }

  @Test
  void eachOptionReachesItsStage() {
    StageOptions stages =
        StageOptions.of(
            JobOptions.defaults()
                .with(AnalysisOptions.ROLES, List.of(Role.AGENT))
                .with(AnalysisOptions.ACTIVITY_ROLES, List.of(Role.UNKNOWN))
                .with(AnalysisOptions.REORDER_BOUND, Duration.ofMillis(1))
                .with(AnalysisOptions.CONVERSATION_TIMEOUT, Duration.ofMillis(2))
                .with(AnalysisOptions.STALLED_TIMEOUT, Duration.ofMillis(3))
                .with(AnalysisOptions.CHANNEL_LINGER, Duration.ofMillis(4))
                .with(AnalysisOptions.DENIAL_TTL, Duration.ofHours(5))
                .with(AnalysisOptions.PAUSE, Duration.ofMillis(300))
                .with(AnalysisOptions.MIN_SPEECH, Duration.ofMillis(400))
                .with(AnalysisOptions.MAX_UTTERANCE, Duration.ofMillis(5000))
                .with(AnalysisOptions.MEMORY_TTL, Duration.ofMillis(6))
                .with(AnalysisOptions.BATCH_SIZE, 8)
                .with(AnalysisOptions.BATCH_WAIT, Duration.ZERO)
                .with(LimitOptions.BATCH_DEADLINE, Duration.ofSeconds(9))
                .with(LimitOptions.MAX_CALLS_PER_TENANT, 3)
                .with(LimitOptions.MAX_STEPS_PER_CALL, 4)
                .with(LimitOptions.SHED_LAG, Duration.ofSeconds(5))
                .with(LimitOptions.MAX_WAITING_AUDIO, new MemorySize(2000))
                .with(AnalysisOptions.RESIDENT_MEMORY, new MemorySize(1000))
                .with(AnalysisOptions.SAVED_WEIGHTS, Weights.BF16)
                .with(AnalysisOptions.SAVED_OPTIMIZER, OptimizerState.DROPPED)
                .with(AnalysisOptions.UNCERTAIN_BELOW, 0.6)
                .with(RuntimeOptions.STATE_KEYS, "/etc/keys")
                .with(RuntimeOptions.TRACED_CALLS, 0.25)
                .with(AlertRuleOptions.ALERT_RULES, "none")
                .with(AlertRuleOptions.ALERT_LATENESS, Duration.ofMillis(100)));

    assertThat(stages.alert()).isEqualTo(new AlertOptions("", Hearing.ONE_SIDE, 5100, 2));
    SegmenterConfig segmenter = stages.segment().segmenter();
    assertThat(stages.decode().analysedRoles()).isEqualTo(Set.of(Role.AGENT, Role.UNKNOWN));
    assertThat(stages.order().reorderBoundMs()).isEqualTo(1);
    assertThat(stages.order().maxBufferedBytes()).isEqualTo(2000);
    assertThat(stages.decode().conversationTimeoutMs()).isEqualTo(2);
    assertThat(stages.order().analysedRoles()).isEqualTo(Set.of(Role.AGENT, Role.UNKNOWN));
    assertThat(stages.order().activityRoles()).isEqualTo(Set.of(Role.UNKNOWN));
    assertThat(stages.segment().activityRoles()).isEqualTo(Set.of(Role.UNKNOWN));
    assertThat(stages.order().limits())
        .isEqualTo(new CallLimits(2, 3, 4, CallLimits.defaults().endedTtlMs(), 5 * 3_600_000L));
    assertThat(segmenter.pauseMs()).isEqualTo(300);
    assertThat(segmenter.minSpeechMs()).isEqualTo(400);
    assertThat(segmenter.maxUtteranceMs()).isEqualTo(5000);
    assertThat(stages.emit().uncertainBelow()).isEqualTo(0.6);
    assertThat(stages.keys()).isEqualTo(new StateKeySource("/etc/keys"));
    assertThat(stages.recognize())
        .isEqualTo(
            new RecognizeOptions(
                6,
                new BatchLimits(8, 0, 9_000),
                1000,
                new MemoryEncoding(Weights.BF16, OptimizerState.DROPPED),
                HungDevice.FAIL_JOB,
                new LoadLimits(3, 4, 5_000),
                0.25));
    assertThat(stages.onCluster().recognize())
        .isEqualTo(stages.recognize().withHungDevice(HungDevice.END_PROCESS));
  }
}
