package io.undertone.local.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** A job on an {@link EmbeddedFlink}. */
public final class RunningJob {
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
    boolean drain = false;
    String savepoint =
        cluster
            .stopWithSavepoint(id, parent.toUri().toString(), drain, SavepointFormatType.CANONICAL)
            .join();
    return Path.of(URI.create(savepoint));
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
