package io.undertone.cli.job;

import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.local.embedded.RunningJob;
import org.apache.flink.api.common.JobStatus;

/** The running emotion job. */
public record SubmittedJob(RunningJob job) {

  /** Whether all stages run; the model is open then. */
  public boolean isRunning() {
    return job.allTasksRunning();
  }

  /** Throws with the job's own failure if it has ended. */
  public void throwIfFailed() throws CommandFailedException {
    JobStatus status = job.status();
    if (status.isGloballyTerminalState()) {
      throw new CommandFailedException(
          "the job ended as %s: %s"
              .formatted(status, RootCause.of(job.lastFailure().orElse("no reason is known"))));
    }
  }
}
