package io.undertone.operators.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.alerts.rules.Hearing;
import io.undertone.operators.ConversationKeys;
import io.undertone.operators.RuleChange;
import io.undertone.operators.encryption.StateKeyException;
import io.undertone.operators.encryption.StateKeySource;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.StateFiles;
import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.ParticipantRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertFunctionTest {
  private static final String RULES =
      """
      - alert: Silence
        when: {silence: 30s, after: angry}
      - alert: Sad
        when: {emotion: sad, utterances: 2}
      """;
  private static final AlertOptions OPTIONS =
      new AlertOptions(RULES, Hearing.ONE_SIDE, 10_000, 300_000);
  private static final long CALL_BEGIN_MS = 1_700_000_000_000L;
  private static final long NOW_MS = 5_000_000;

  @Test
  void eventsRaiseAlertsAtOnce() throws Exception {
    try (Stage stage = Stage.open(Backend.HASH_MAP, null, NOW_MS)) {
      stage.says("sad", 0, 2);
      stage.says("sad", 3, 5);
      stage.says("happy", 6, 8);

      assertThat(stage.told()).containsExactly("Sad FIRING 5.0", "Sad RESOLVED 8.0");
      assertThat(stage.stateEntries()).isZero();
    }
  }

  @Test
  void silenceIsToldWhileItLasts() throws Exception {
    try (Stage stage = Stage.open(Backend.HASH_MAP, null, NOW_MS)) {
      stage.says("angry", 0, 2);
      stage.setTimeMs(NOW_MS + 39_999);
      assertThat(stage.told()).isEmpty();

      stage.setTimeMs(NOW_MS + 40_000);
      assertThat(stage.told()).containsExactly("Silence FIRING 32.0");

      stage.setTimeMs(NOW_MS + 500_000);
      stage.says("angry", 100, 102);
      assertThat(stage.told()).containsExactly("Silence FIRING 32.0", "Silence RESOLVED 100.0");
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void afterARestartTheClockWaitsAnewForEventsThatCameMeanwhile(Backend backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (Stage stage = Stage.open(backend, null, NOW_MS)) {
      stage.says("angry", 0, 2);
      stage.says("sad", 3, 4);
      stage.says("angry", 5, 6);
      snapshot = stage.snapshot();
    }
    long laterMs = NOW_MS + 3_600_000;
    try (Stage stage = Stage.open(backend, snapshot, laterMs)) {
      stage.setTimeMs(laterMs + 1);
      stage.setTimeMs(laterMs + 39_000);
      assertThat(stage.told()).isEmpty();
      stage.says("angry", 20, 21);

      stage.setTimeMs(laterMs + 39_000 + 40_000);
      assertThat(stage.told()).containsExactly("Silence FIRING 51.0");
    }
  }

  @Test
  void aRuleChangesWithoutARestart() throws Exception {
    OperatorSubtaskState snapshot;
    try (Stage stage = Stage.open(Backend.HASH_MAP, null, NOW_MS)) {
      stage.says("sad", 0, 2);
      stage.change("Sad", "{alert: Sad, version: 2, when: {emotion: sad}}");
      stage.change("Silence", null);
      stage.change("Joy", "{alert: Joy, when: {emotion: happy}}");
      stage.says("sad", 3, 5);
      stage.says("happy", 6, 8);

      assertThat(stage.told())
          .containsExactly("Sad FIRING 5.0", "Joy FIRING 8.0", "Sad RESOLVED 8.0");
      assertThat(stage.alerts.get(0).getRuleVersion()).isEqualTo(2);
      snapshot = stage.snapshot();
    }
    try (Stage stage = Stage.open(Backend.HASH_MAP, snapshot, NOW_MS)) {
      stage.says("angry", 9, 10);
      stage.setTimeMs(NOW_MS + 100_000);

      assertThat(stage.told()).as("Silence stays removed").containsExactly("Joy RESOLVED 10.0");
    }
  }

  @Test
  void anErasedCallLeavesNoStateAndNoTimer() throws Exception {
    try (Stage stage = Stage.open(Backend.HASH_MAP, null, NOW_MS)) {
      stage.says("angry", 0, 2);
      assertThat(stage.stateEntries()).isEqualTo(1);
      stage.process(stage.event(EventKind.ERASED, "erased", -1, 0, 50).setEmotion(null).build());

      assertThat(stage.alerts).extracting(Alert::getState).containsExactly(AlertState.ERASED);
      assertThat(stage.stateEntries()).isZero();
      assertThat(stage.timers()).isZero();
    }
  }

  @Test
  void keysEncryptWhatTheRulesHaveSeen(@TempDir Path folder) throws Exception {
    StateKeySource old = keys(folder.resolve("old"), 1);
    StateKeySource rotated = keys(folder.resolve("rotated"), 2, 1);
    OperatorSubtaskState sealed = afterOneSad(Backend.HASH_MAP, old);

    assertThat(StateFiles.text(afterOneSad(Backend.HASH_MAP, StateKeySource.none())))
        .contains("sad", "u-0.0");
    assertThat(StateFiles.text(sealed)).contains("UTSE", "key-1").doesNotContain("sad", "u-0.0");
    try (Stage stage = Stage.open(Backend.HASH_MAP, sealed, NOW_MS, rotated)) {
      stage.says("sad", 3, 5);

      assertThat(StateFiles.text(stage.snapshot())).contains("key-2").doesNotContain("key-1");
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aCallGoesOnWithRotatedKeys(Backend backend, @TempDir Path folder) throws Exception {
    StateKeySource old = keys(folder.resolve("old"), 1);
    StateKeySource rotated = keys(folder.resolve("rotated"), 2, 1);
    for (StateKeySource before : List.of(StateKeySource.none(), old)) {
      OperatorSubtaskState snapshot = afterOneSad(backend, before);
      try (Stage stage = Stage.open(backend, snapshot, NOW_MS, rotated)) {
        stage.says("sad", 3, 5);

        assertThat(stage.told()).containsExactly("Sad FIRING 5.0");
        assertThat(stage.alerts.get(0).getEvidence()).hasSize(2);
      }
    }
  }

  @Test
  void aMissingKeyIsNamed(@TempDir Path folder) throws Exception {
    OperatorSubtaskState sealed = afterOneSad(Backend.HASH_MAP, keys(folder.resolve("lost"), 1));

    try (Stage stage = Stage.open(Backend.HASH_MAP, sealed, NOW_MS)) {
      assertThatThrownBy(() -> stage.says("sad", 3, 5))
          .isInstanceOf(StateKeyException.class)
          .hasMessageContaining("'key-1'");
    }
  }

  private static OperatorSubtaskState afterOneSad(Backend backend, StateKeySource keys)
      throws Exception {
    try (Stage stage = Stage.open(backend, null, NOW_MS, keys)) {
      stage.says("sad", 0, 2);
      return stage.snapshot();
    }
  }

  private static StateKeySource keys(Path file, int... numbers) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int number : numbers) {
      byte[] key = new byte[32];
      key[0] = (byte) number;
      lines.add("key-%d: %s".formatted(number, Base64.getEncoder().encodeToString(key)));
    }
    return new StateKeySource(Files.write(file, lines).toString());
  }

  /** The function in Flink's harness, and one call. */
  private static final class Stage implements AutoCloseable {
    private final KeyedBroadcastOperatorTestHarness<String, EmotionEvent, RuleChange, Alert>
        harness;
    private final List<Alert> alerts = new ArrayList<>();
    private int utterances;

    private Stage(
        KeyedBroadcastOperatorTestHarness<String, EmotionEvent, RuleChange, Alert> harness) {
      this.harness = harness;
    }

    static Stage open(Backend backend, @Nullable OperatorSubtaskState state, long nowMs)
        throws Exception {
      return open(backend, state, nowMs, StateKeySource.none());
    }

    static Stage open(
        Backend backend, @Nullable OperatorSubtaskState state, long nowMs, StateKeySource keys)
        throws Exception {
      KeyedBroadcastOperatorTestHarness<String, EmotionEvent, RuleChange, Alert> harness =
          new KeyedBroadcastOperatorTestHarness<>(
              new CoBroadcastWithKeyedOperator<>(
                  new AlertFunction(OPTIONS, keys), List.of(AlertFunction.RULES)),
              ConversationKeys::of,
              Types.STRING,
              128,
              1,
              0);
      harness
          .getExecutionConfig()
          .configure(
              new Configuration().set(PipelineOptions.GENERIC_TYPES, false),
              AlertFunctionTest.class.getClassLoader());
      harness.setStateBackend(backend.create());
      harness.setup(
          new AvroTypeInfo<>(Alert.class)
              .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
      harness.setProcessingTime(nowMs);
      if (state != null) {
        harness.initializeState(state);
      }
      harness.open();
      return new Stage(harness);
    }

    void says(String emotion, double beginSeconds, double endSeconds) throws Exception {
      process(
          event(EventKind.UTTERANCE, "u-" + beginSeconds, 0, beginSeconds, endSeconds)
              .setEmotion(emotion)
              .setProbabilities(Map.of(emotion, 1f))
              .build());
    }

    EmotionEvent.Builder event(
        EventKind kind, String id, int channel, double beginSeconds, double endSeconds) {
      return EmotionEvent.newBuilder()
          .setEventId(id)
          .setKind(kind)
          .setTenant("acme")
          .setConversationId("call-1")
          .setChannel(channel)
          .setParticipantRole(ParticipantRole.CUSTOMER)
          .setUtteranceIndex(utterances++)
          .setBeginOffsetMillis(Math.round(beginSeconds * 1000))
          .setEndOffsetMillis(Math.round(endSeconds * 1000))
          .setEventTimeMs(CALL_BEGIN_MS + Math.round(endSeconds * 1000))
          .setProbabilities(Map.of())
          .setUpdateStep(0)
          .setModelVersion("fake@1")
          .setMemoryVersion(2);
    }

    void process(EmotionEvent event) throws Exception {
      harness.processElement(event, 0);
      collect();
    }

    void change(String name, @Nullable String yaml) throws Exception {
      harness.processBroadcastElement(new RuleChange(name, yaml), 0);
      collect();
    }

    void setTimeMs(long nowMs) throws Exception {
      harness.setProcessingTime(nowMs);
      collect();
    }

    private void collect() {
      alerts.addAll(harness.extractOutputValues());
      harness.getOutput().clear();
    }

    List<String> told() {
      return alerts.stream()
          .map(
              alert ->
                  "%s %s %s"
                      .formatted(
                          alert.getRule(),
                          alert.getState(),
                          (alert.getEventTimeMs() - CALL_BEGIN_MS) / 1000.0))
          .toList();
    }

    OperatorSubtaskState snapshot() throws Exception {
      return harness.snapshot(1, 1);
    }

    int stateEntries() {
      AbstractStreamOperator<?> operator = (AbstractStreamOperator<?>) harness.getOperator();
      return ((HeapKeyedStateBackend<?>) operator.getKeyedStateBackend()).numKeyValueStateEntries();
    }

    int timers() {
      return harness.numProcessingTimeTimers();
    }

    @Override
    public void close() throws Exception {
      harness.close();
    }
  }
}
