package io.undertone.cli.demo;

import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.jobs.embedded.RunningJob;
import org.apache.flink.api.common.JobStatus;

/** The emotion job while it runs. */
record DemoJob(RunningJob job) {

  /** Whether all stages run; the model is open then. */
  boolean isRunning() {
    return job.allTasksRun();
  }

  /** Fails with the job's own words once it gave up. */
  void throwIfFailed() throws CommandFailedException {
    JobStatus status = job.status();
    if (status.isGloballyTerminalState()) {
      throw new CommandFailedException(
          "the job ended as %s: %s"
              .formatted(status, RootCause.of(job.lastFailure().orElse("no reason is known"))));
    }
  }
}
