package io.undertone.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private final Agenda agenda = new Agenda();

  @Test
  void eventsHappenInOrderOfTimeAndThenOfPlanning() {
    List<String> happened = new ArrayList<>();
    agenda.at(2, () -> happened.add("late"));
    agenda.at(1, () -> agenda.after(1, () -> happened.add("planned later")));
    agenda.at(1, () -> happened.add("early"));
    agenda.run();

    assertThat(happened).containsExactly("early", "late", "planned later");
    assertThat(agenda.nowMs()).isEqualTo(2);
  }

  @Test
  void nothingHappensInThePast() {
    agenda.at(5, () -> agenda.at(4, () -> {}));

    assertThatThrownBy(agenda::run)
        .hasMessage("an event must not be before 5.0 ms, but is at 4.0 ms");
    assertThatThrownBy(() -> agenda.at(Double.NaN, () -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
