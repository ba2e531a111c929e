package io.undertone.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.Delivery;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.local.DemoCalls;
import io.undertone.local.chaos.ChaosReport.Recovery;
import io.undertone.local.cluster.ClusterException;
import io.undertone.local.replay.CallRecording;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short form of the command {@code chaos}: each of a few faults once. */
@Tag("nightly")
class ChaosIT {
  private static final List<FaultKind> FAULTS =
      List.of(
          FaultKind.TASKMANAGER_KILLED,
          FaultKind.JOBMANAGER_KILLED,
          FaultKind.BROKER_KILLED,
          FaultKind.STORE_FULL,
          FaultKind.JOB_RESCALED);

  /** Longer than Kafka's clients wait. */
  private static final Duration BROKER_ABSENCE = Duration.ofSeconds(20);

  private static final List<String> IMPATIENT_CLIENTS =
      List.of(
          "--kafka.delivery.timeout.ms=10000",
          "--kafka.request.timeout.ms=5000",
          "--kafka.default.api.timeout.ms=10000",
          "--kafka.max.block.ms=10000");

  @Test
  void losesNothingWhenProcessesAreKilledTheBrokerIsAwayAndTheJobIsRescaled(@TempDir Path folder)
      throws AudioFileException,
          ClusterException,
          TopicUnavailableException,
          InvalidOptionException,
          InterruptedException {
    List<String> notes = new ArrayList<>();
    ChaosReport report =
        new ChaosRun(settings(IMPATIENT_CLIENTS), recordings(), notes::add).run(folder);

    assertThat(report.check().messages()).as(() -> String.join("\n", notes)).isEmpty();
    assertThat(report.isClean()).as(() -> report + String.join("\n", notes)).isTrue();
    assertThat(report.recoveries()).extracting(Recovery::kind).containsAll(FAULTS);
    assertThat(report.check().events()).isGreaterThan(report.calls());
  }

  @Test
  void aJobThatCannotStartEndsTheRun(@TempDir Path folder) {
    String keys = folder.resolve("no-keys").toString();

    assertThatThrownBy(
            () ->
                new ChaosRun(settings(List.of("--state-keys=" + keys)), recordings(), note -> {})
                    .run(folder))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining(keys);
  }

  private static ChaosSettings settings(List<String> jobOptions) {
    return new ChaosSettings(
        Duration.ZERO,
        1,
        FAULTS,
        2,
        14_000,
        Path.of("../model-torch/src/test/models/undertone-small-b0f08fd"),
        ArithmeticChoice.AUTO,
        1,
        Delivery.EXACTLY_ONCE,
        Plant.NOTHING,
        BROKER_ABSENCE,
        jobOptions);
  }

  private static List<CallRecording> recordings() throws AudioFileException {
    return List.of(
        DemoCalls.call("lost-parcel", "lost-parcel"), DemoCalls.call("cold-house", "cold-house"));
  }
}
