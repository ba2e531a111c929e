package io.undertone.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.cli.terminal.JsonLines;
import io.undertone.local.chaos.ChaosReport;
import io.undertone.local.chaos.ChaosReport.Recovery;
import io.undertone.local.chaos.CheckResult;
import io.undertone.local.chaos.FaultKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosJsonTest {

  @Test
  void countsFaultsByKindAndSumsUpTheRest() {
    ChaosReport report =
        new ChaosReport(
            List.of(
                new Recovery(FaultKind.BROKER_KILLED, 3_000),
                new Recovery(FaultKind.JOB_RESCALED, 9_000),
                new Recovery(FaultKind.BROKER_KILLED, 4_000)),
            5,
            new CheckResult(40, 1, 2, List.of()),
            0,
            true);

    assertThat(JsonLines.of(ChaosJson.of(report)))
        .isEqualTo(
            "{\"faults\":{\"broker-killed\":2,\"job-rescaled\":1},\"calls\":5,\"events\":40,"
                + "\"lost\":1,\"conflicting\":2,\"unusable\":0,\"recovered\":true,"
                + "\"recoveryMsMax\":9000,\"recoveryMsMedian\":4000}");
  }
}
