package io.undertone.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
  private static final List<FaultKind> ALL = List.of(FaultKind.values());

  @Test
  void drawsEachKindOnceARound() {
    FaultSchedule schedule = new FaultSchedule(ALL, 7);

    assertThat(draw(ALL.size(), schedule)).containsExactlyInAnyOrderElementsOf(ALL);
    assertThat(draw(ALL.size(), schedule)).containsExactlyInAnyOrderElementsOf(ALL);
  }

  @Test
  void isTheSameForTheSameSeedAlone() {
    List<FaultKind> one = draw(40, new FaultSchedule(ALL, 7));

    assertThat(draw(40, new FaultSchedule(ALL, 7))).isEqualTo(one);
    assertThat(draw(40, new FaultSchedule(ALL, 8))).isNotEqualTo(one);
  }

  @Test
  void knowsWhenAllKindsWereDrawn() {
    FaultSchedule schedule =
        new FaultSchedule(List.of(FaultKind.BROKER_KILLED, FaultKind.BROKER_PAUSED), 1);

    schedule.next();
    assertThat(schedule.hadAllKinds()).isFalse();
    schedule.next();
    assertThat(schedule.hadAllKinds()).isTrue();
  }

  @Test
  void refusesToHaveNoKind() {
    assertThatThrownBy(() -> new FaultSchedule(List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one kind");
  }

  private static List<FaultKind> draw(int count, FaultSchedule schedule) {
    return Stream.generate(schedule::next).limit(count).toList();
  }
}
