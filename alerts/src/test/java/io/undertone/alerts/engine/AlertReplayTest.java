package io.undertone.alerts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.alerts.TestEvents;
import io.undertone.alerts.rules.AlertRules;
import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.ParticipantRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random calls: alerts depend on the events alone, and live as they should. */
class AlertReplayTest {
  private static final String RULES =
      AlertRules.defaultYaml()
          + """
          - alert: SadForAWhile
            match: {role: [CUSTOMER, AGENT]}
            when: {emotion: sad, utterances: 2}
            for: 4s
            keepFiringFor: 6s
            cooldown: 15s
          - alert: BriefSilence
            when: {silence: 6s, after: negative}
            cooldown: 8s
          - alert: Interrupted
            when: {interruptions: ">= 3"}
            annotations: {summary: "{{ $call }} had {{ $value }} interruptions"}
          """;
  private static final int CALLS = 300;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theClockAndRestartsChangeNothing(int seed) {
    Random random = new Random(seed);
    int alerts = 0;
    for (int i = 0; i < CALLS; i++) {
      List<EmotionEvent> events = randomCall(random);
      TestEngine replay = new TestEngine(RULES).apply(events.toArray(EmotionEvent[]::new));

      TestEngine live = new TestEngine(RULES);
      for (EmotionEvent event : events) {
        long untilMs = beginMs(event);
        for (int look = random.nextInt(3); look > 0; look--) {
          live.passUntil(untilMs - random.nextInt(8_000));
          live.saveAndRestore();
        }
        live.apply(event);
        live.saveAndRestore();
      }

      assertThat(live.told()).isEqualTo(replay.told());
      assertThat(live.alerts).isEqualTo(replay.alerts);
      assertThat(live.state).isNull();
      alerts += replay.alerts.size();
    }
    assertThat(alerts).isGreaterThan(CALLS);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void eachAlertFiresAtMostOnceAndIsResolvedOnce(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CALLS; i++) {
      Map<String, List<AlertState>> states = new HashMap<>();
      List<Alert> alerts =
          new TestEngine(RULES).apply(randomCall(random).toArray(EmotionEvent[]::new)).alerts;
      alerts.forEach(
          alert ->
              states
                  .computeIfAbsent(alert.getAlertId(), id -> new ArrayList<>())
                  .add(alert.getState()));

      assertThat(states.values())
          .allSatisfy(
              life ->
                  assertThat(life)
                      .isIn(
                          List.of(AlertState.FIRING, AlertState.RESOLVED),
                          List.of(AlertState.PENDING, AlertState.RESOLVED),
                          List.of(AlertState.PENDING, AlertState.FIRING, AlertState.RESOLVED)));
      assertThat(alerts)
          .isSortedAccordingTo((a, b) -> Long.compare(a.getEventTimeMs(), b.getEventTimeMs()));
    }
  }

  private static long beginMs(EmotionEvent event) {
    return event.getKind() == EventKind.UTTERANCE
        ? TestEvents.BEGIN_MS + event.getBeginOffsetMillis()
        : event.getEventTimeMs();
  }

  /** Two sides, who do not speak at the same time. */
  private static List<EmotionEvent> randomCall(Random random) {
    TestEvents call = new TestEvents();
    List<String> emotions = List.of("sad", "angry", "neutral", "happy", "uncertain", "angry");
    List<EmotionEvent> events = new ArrayList<>();
    double seconds = 0;
    String emotion = "neutral";
    for (int i = random.nextInt(30); i >= 0; i--) {
      if (random.nextBoolean()) {
        emotion = emotions.get(random.nextInt(emotions.size()));
      }
      double begin = seconds + random.nextInt(10) + (random.nextInt(6) == 0 ? 60 : 0);
      seconds = begin + 0.5 + random.nextInt(8) / 2.0;
      boolean agent = random.nextInt(4) == 0;
      events.add(
          call.says(
              agent ? 1 : 0,
              agent ? ParticipantRole.AGENT : ParticipantRole.CUSTOMER,
              emotion,
              0.5f + random.nextInt(5) / 10f,
              begin,
              seconds));
    }
    double end = seconds + random.nextInt(90);
    events.add(
        random.nextBoolean()
            ? call.ends(end)
            : call.endsInterrupted(end, random.nextInt(4), random.nextInt(4)));
    return events;
  }
}
