package io.undertone.local.embedded;

import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
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

  /** Flink's name of the job, as in the path of its checkpoints. */
  public JobID id() {
    return id;
  }

  /** Where the job stands in its life. */
  public JobStatus status() {
    return cluster.getJobStatus(id).join();
  }

  /** Whether each subtask of each operator runs. */
  public boolean allTasksRun() {
    for (AccessExecutionVertex vertex : executionGraph().getAllExecutionVertices()) {
      if (vertex.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return status() == JobStatus.RUNNING;
  }

  /** Why the job failed last, with the stack; empty where it never did. */
  public Optional<String> lastFailure() {
    return Optional.ofNullable(executionGraph().getFailureInfo())
        .map(ErrorInfo::getExceptionAsString);
  }

  /** Takes a checkpoint and waits for it; answers where it lies. */
  public String checkpoint() {
    return cluster.triggerCheckpoint(id).join();
  }

  /** Waits until the job has ended, by itself or by others; tells whether it succeeded. */
  public boolean awaitEnd() {
    return cluster.requestJobResult(id).join().isSuccess();
  }

  /** Ends the job where it stands, and waits until it has ended; its checkpoints stay. */
  public void cancel() {
    cluster.cancelJob(id).join();
    cluster.requestJobResult(id).join();
  }

  private AccessExecutionGraph executionGraph() {
    return cluster.getExecutionGraph(id).join();
  }
}
