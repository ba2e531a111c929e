package io.undertone.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.jobs.options.Delivery;
import io.undertone.local.EventLines;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.MemoryReset;
import io.undertone.schemas.ShedReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(Lifecycle.PER_CLASS)
class EventCheckerTest {
  private static final int SECOND = 1;

  private List<EmotionEvent> recorded = List.of();

  @BeforeAll
  void readRecordedEvents() throws IOException {
    recorded = EventLines.read(Path.of("src/test/resources/bundled-calls/customer,agent.jsonl"));
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void findsNothingInEqualRuns(Delivery delivery) {
    CheckResult result = new EventChecker(delivery, EventEquality.EXACT).check(recorded, recorded);

    assertThat(result.messages()).isEmpty();
    assertThat(result).isEqualTo(new CheckResult(recorded.size(), 0, 0, List.of()));
    assertThat(result.isClean()).isTrue();
  }

  @Test
  void findsALostEvent() {
    CheckResult result = check(Plant.LOST_EVENT.in(recorded));

    assertThat(result.lost()).isEqualTo(1);
    assertThat(result.conflicting()).isZero();
    assertThat(result.isClean()).isFalse();
  }

  @Test
  void findsADoubleUpdate() {
    CheckResult result = check(Plant.DOUBLE_UPDATE.in(recorded));

    assertThat(result.conflicting()).isPositive();
    assertThat(result.isClean()).isFalse();
  }

  @Test
  void findsADoubleUpdateThatBothRunsMade() {
    List<EmotionEvent> updatedTwice = Plant.DOUBLE_UPDATE.in(recorded);

    CheckResult result = atLeastOnce().check(updatedTwice, updatedTwice);

    assertThat(result.conflicting()).isPositive();
    assertThat(result.messages().get(0)).contains("has the memory after 3 updates instead of 2");
  }

  @Test
  void findsASwap() {
    CheckResult result = check(Plant.SWAP.in(recorded));

    assertThat(result.lost()).isZero();
    assertThat(result.conflicting()).isEqualTo(1);
    assertThat(result.messages().get(0)).contains("out of order");
  }

  @Test
  void findsAnEventThatNobodyExpects() {
    CheckResult result = check(with(SECOND, event -> event.setEventId("unheard-of")));

    assertThat(result.lost()).isEqualTo(1);
    assertThat(result.conflicting()).isEqualTo(1);
  }

  @Test
  void allowsARepeatedEventAtLeastOnceOnly() {
    List<EmotionEvent> repeated = new ArrayList<>(recorded);
    repeated.addAll(recorded.subList(0, 3));

    assertThat(check(repeated).isClean()).isTrue();
    CheckResult exactlyOnce =
        new EventChecker(Delivery.EXACTLY_ONCE, EventEquality.EXACT).check(recorded, repeated);
    assertThat(exactlyOnce.conflicting()).isEqualTo(3);
  }

  @Test
  void findsARepetitionOfOtherContent() {
    List<EmotionEvent> repeated = new ArrayList<>(recorded);
    repeated.add(EmotionEvent.newBuilder(recorded.get(0)).setEndOffsetMillis(1).build());

    assertThat(check(repeated).conflicting()).isEqualTo(1);
  }

  @Test
  void allowsRoundingInLargerBatchesOnly() {
    List<EmotionEvent> rounded = withHappierSecond(5e-5f);

    assertThat(check(rounded).conflicting()).isEqualTo(1);
    EventChecker tolerant =
        new EventChecker(Delivery.AT_LEAST_ONCE, EventEquality.forBatchesOf(32));
    assertThat(tolerant.check(recorded, rounded).isClean()).isTrue();
    assertThat(tolerant.check(recorded, withHappierSecond(2e-4f)).conflicting()).isEqualTo(1);
  }

  @Test
  void comparesTheRestOfAChannelWithoutContentWhereAnUtteranceWasShed() {
    List<EmotionEvent> shed = learnedOneLess(recorded, ShedReason.OVERLOAD);

    assertThat(check(shed).messages()).isEmpty();
    assertThat(check(learnedOneLess(recorded, null)).conflicting()).isPositive();
    assertThat(check(Plant.DOUBLE_UPDATE.in(shed)).conflicting()).isPositive();
    assertThat(check(Plant.LOST_EVENT.in(shed)).lost()).isEqualTo(1);
  }

  @Test
  void countsUpdatesAnewWhereAMemoryBeganAnew() {
    List<EmotionEvent> reset = new ArrayList<>();
    for (EmotionEvent event : recorded) {
      int index = event.getUtteranceIndex();
      EmotionEvent.Builder changed = EmotionEvent.newBuilder(event);
      if (isOfFirstMemory(event) && index > 0) {
        changed.setUpdateStep(index);
        changed.setMemoryReset(index == 1 ? MemoryReset.MODEL_CHANGED : null);
      }
      reset.add(changed.build());
    }

    assertThat(check(reset).messages()).isEmpty();
  }

  /** The first memory does not learn its second utterance. */
  private static List<EmotionEvent> learnedOneLess(
      List<EmotionEvent> events, @Nullable ShedReason reason) {
    List<EmotionEvent> changed = new ArrayList<>();
    for (EmotionEvent event : events) {
      EmotionEvent.Builder builder = EmotionEvent.newBuilder(event);
      if (isOfFirstMemory(event, events) && event.getUtteranceIndex() == 1) {
        builder.setShed(reason).setUpdateStep(0).setUpdateLoss(null);
      } else if (isOfFirstMemory(event, events) && event.getUtteranceIndex() > 1) {
        builder.setUpdateStep(event.getUpdateStep() - 1);
      }
      changed.add(builder.build());
    }
    return changed;
  }

  private boolean isOfFirstMemory(EmotionEvent event) {
    return isOfFirstMemory(event, recorded);
  }

  private static boolean isOfFirstMemory(EmotionEvent event, List<EmotionEvent> events) {
    return event.getKind() == EventKind.UTTERANCE
        && event.getConversationId().equals(events.get(0).getConversationId())
        && event.getChannel() == events.get(0).getChannel();
  }

  private CheckResult check(List<EmotionEvent> disturbed) {
    return atLeastOnce().check(recorded, disturbed);
  }

  private static EventChecker atLeastOnce() {
    return new EventChecker(Delivery.AT_LEAST_ONCE, EventEquality.forBatchesOf(1));
  }

  private List<EmotionEvent> withHappierSecond(float by) {
    return with(
        SECOND,
        event -> {
          Map<String, Float> probabilities = new HashMap<>(event.getProbabilities());
          probabilities.merge("happy", by, Float::sum);
          return event.setProbabilities(probabilities);
        });
  }

  private List<EmotionEvent> with(int index, UnaryOperator<EmotionEvent.Builder> change) {
    List<EmotionEvent> changed = new ArrayList<>(recorded);
    changed.set(index, change.apply(EmotionEvent.newBuilder(recorded.get(index))).build());
    return changed;
  }
}
