package io.undertone.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a job, each utterance is recognized once. */
class JobTest {
  private static final BatchRule BATCHES = new BatchRule(32, 5);

  /** Counts what calls say. */
  private static final class CountedTraffic implements Traffic {
    private final Traffic traffic;
    private long utterances;

    CountedTraffic(Traffic traffic) {
      this.traffic = traffic;
    }

    @Override
    public void begin(Agenda agenda, Listener listener) {
      traffic.begin(
          agenda,
          new Listener() {
            @Override
            public void callBegan() {
              listener.callBegan();
            }

            @Override
            public void utteranceEnded(SimulatedUtterance utterance) {
              utterances++;
              listener.utteranceEnded(utterance);
            }

            @Override
            public void callEnded() {
              listener.callEnded();
            }
          });
    }

    @Override
    public double endMs() {
      return traffic.endMs();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void failuresLoseAndDoubleNothing(long seed) {
    // Each of three machines fails every hour on average, for longer than between checkpoints.
    JobSettings settings =
        new JobSettings(Collections.nCopies(24, 3), 720, BATCHES, 10, 0.05, 1, 30, 5);
    Tally tally = new Tally();
    CountedTraffic traffic = traffic(seed);
    run(settings, seed, traffic, tally);

    assertThat(recognized(tally)).isEqualTo(traffic.utterances).isGreaterThan(5_000);
    assertThat(tally.hours()).anyMatch(hour -> hour.repeated > 0);
    assertThat(tally.liveCalls()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void rescalesLoseAndRepeatNothing(long seed) {
    List<Integer> machines = IntStream.range(0, 24).mapToObj(hour -> 1 + hour % 5).toList();
    JobSettings settings =
        new JobSettings(machines, 720, BATCHES, 10, 0.05, Double.POSITIVE_INFINITY, 30, 5);
    Tally tally = new Tally();
    CountedTraffic traffic = traffic(seed);
    run(settings, seed, traffic, tally);

    assertThat(recognized(tally)).isEqualTo(traffic.utterances);
    assertThat(tally.hours()).allMatch(hour -> hour.repeated == 0);
    assertThat(tally.hours().get(10).stoodStillMs).isEqualTo(5_000);
  }

  /** Failures in a row prolong each other. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aJobThatHardlyRunsRecognizesEverythingInTheEnd(long seed) {
    JobSettings settings =
        new JobSettings(Collections.nCopies(24, 3), 720, BATCHES, 10, 0.05, 0.02, 30, 5);
    Tally tally = new Tally();
    CountedTraffic traffic = traffic(seed);
    run(settings, seed, traffic, tally);

    assertThat(recognized(tally)).isEqualTo(traffic.utterances);
    assertThat(tally.hours().get(10).stoodStillMs).isGreaterThan(0.5 * Day.HOUR_MS);
  }

  private static CountedTraffic traffic(long seed) {
    return new CountedTraffic(new DayTraffic(new Day(200, 300), new Randomness(seed, 0).traffic()));
  }

  private static void run(JobSettings settings, long seed, Traffic traffic, Tally tally) {
    Agenda agenda = new Agenda();
    Job job =
        new Job(agenda, settings, MachineFigures.DEFAULT, traffic, new Randomness(seed, 0), tally);
    agenda.run();
    job.end();
  }

  private static long recognized(Tally tally) {
    return tally.hours().stream().mapToLong(hour -> hour.latencies.count()).sum();
  }
}
