package io.undertone.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SteadyWindowTest {
  private final AtomicInteger batches = new AtomicInteger();
  private final SteadyWindow window =
      new SteadyWindow(100, 200, () -> new DeviceUse(batches.get(), batches.get(), 0));

  @Test
  void countsWhatHappensBetweenItsEnds() throws BenchFailedException {
    batches.set(3);
    window.look(99);
    batches.set(5);
    window.look(100);
    batches.set(12);
    window.look(150);
    window.look(201);
    batches.set(20);
    window.look(250);

    assertThat(window.result().device().batches()).isEqualTo(7);
  }

  @Test
  void hasNoResultBeforeItsEnd() {
    window.look(150);

    assertThatThrownBy(window::result).isInstanceOf(BenchFailedException.class);
  }
}
