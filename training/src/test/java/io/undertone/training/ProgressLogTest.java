package io.undertone.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLogTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ProgressLog progress =
      new ProgressLog(new PrintStream(printed, true, StandardCharsets.UTF_8), this::nanos);

  private Duration time = Duration.ZERO;

  private long nanos() {
    return time.toNanos();
  }

  @Test
  void printsALineEvery15SecondsAndTheLastOne() {
    steps(1, 10, Duration.ofSeconds(4), 10);

    assertThat(lines())
        .containsExactly(
            "step 5 of 10, 0:00:20 to go",
            "step 9 of 10, 0:00:04 to go",
            "step 10 of 10, 0:00:00 to go");
  }

  @Test
  void aResumedTaskIsJudgedByItsOwnSteps() {
    steps(901, 902, Duration.ofSeconds(15), 1000);

    assertThat(lines()).containsExactly("step 902 of 1000, 0:24:30 to go");
  }

  @Test
  void aPauseIsNoWork() {
    steps(1, 10, Duration.ofSeconds(1), 1000);
    time = time.plusHours(8);
    steps(11, 26, Duration.ofSeconds(1), 1000);

    assertThat(lines())
        .containsExactly("step 11 of 1000, 0:16:29 to go", "step 26 of 1000, 0:16:14 to go");
  }

  @Test
  void slowStepsAreNoPause() {
    steps(1, 3, Duration.ofMinutes(5), 12);

    assertThat(lines())
        .containsExactly("step 2 of 12, 0:50:00 to go", "step 3 of 12, 0:45:00 to go");
  }

  @Test
  void theSameTaskMayBeginAgain() {
    steps(1, 100, Duration.ofMinutes(1), 100);
    printed.reset();

    steps(1, 2, Duration.ofSeconds(15), 100);

    assertThat(lines()).containsExactly("step 2 of 100, 0:24:30 to go");
  }

  private void steps(int first, int last, Duration each, int total) {
    for (int step = first; step <= last; step++) {
      time = time.plus(each);
      progress.report("step", step, total);
    }
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
