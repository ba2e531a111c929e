package io.undertone.local.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** A job on an {@link EmbeddedFlink}. */
public final class RunningJob {
  /** Whether anything follows what the job has read. */
  private enum Input {
    GOES_ON,
    ENDS
  }

  private final MiniCluster cluster;
  private final JobID id;

  RunningJob(MiniCluster cluster, JobID id) {
    this.cluster = cluster;
    this.id = id;
  }

  /** Flink's id of the job, which is part of the path of its checkpoints. */
  public JobID id() {
    return id;
  }

  /** The current status. */
  public JobStatus status() {
    return cluster.getJobStatus(id).join();
  }

  /** Whether all subtasks of all operators are running. */
  public boolean allTasksRunning() {
    for (AccessExecutionVertex vertex : executionGraph().getAllExecutionVertices()) {
      if (vertex.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return status() == JobStatus.RUNNING;
  }

  /** Stack trace of the last failure; empty if the job never failed. */
  public Optional<String> lastFailure() {
    return Optional.ofNullable(executionGraph().getFailureInfo())
        .map(ErrorInfo::getExceptionAsString);
  }

  /** Takes a checkpoint, waits until it is complete, and returns its path. */
  public String checkpoint() {
    return cluster.triggerCheckpoint(id).join();
  }

  /**
   * Takes a savepoint that every state backend can restore, and stops the job with it.
   *
   * @param parent the folder in which the savepoint gets a folder of its own
   * @return the folder of the savepoint
   */
  public Path stopWithSavepoint(Path parent) {
    return stop(parent, Input.GOES_ON);
  }

  /**
   * Ends the input and lets the job finish what it has begun, takes a savepoint, and stops.
   *
   * @param parent the folder in which the savepoint gets a folder of its own
   * @return the folder of the savepoint
   */
  public Path drain(Path parent) {
    return stop(parent, Input.ENDS);
  }

  private Path stop(Path parent, Input input) {
    String savepoint =
        cluster
            .stopWithSavepoint(
                id, parent.toUri().toString(), input == Input.ENDS, SavepointFormatType.CANONICAL)
            .join();
    return Path.of(URI.create(savepoint));
  }

  /** The number of checkpoints that were aborted, over all restarts. */
  public long failedCheckpoints() {
    CheckpointStatsSnapshot checkpoints = executionGraph().getCheckpointStatsSnapshot();
    return checkpoints == null ? 0 : checkpoints.getCounts().getNumberOfFailedCheckpoints();
  }

  /** Waits for the end of the job; returns whether it succeeded. */
  public boolean awaitEnd() {
    return cluster.requestJobResult(id).join().isSuccess();
  }

  /** Cancels the job and waits for its end; its checkpoints stay. */
  public void cancel() {
    cluster.cancelJob(id).join();
    cluster.requestJobResult(id).join();
  }

  private AccessExecutionGraph executionGraph() {
    return cluster.getExecutionGraph(id).join();
  }
}
