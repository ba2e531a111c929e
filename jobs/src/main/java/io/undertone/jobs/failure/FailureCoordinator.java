package io.undertone.jobs.failure;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.jspecify.annotations.Nullable;

/**
 * Ends the job when a task fails for good. It runs on the JobManager, where it learns of each
 * failure of the tasks that its operator is chained into, also of failures of other operators
 * there. It has no state.
 */
final class FailureCoordinator implements OperatorCoordinator {
  private static final byte[] NO_STATE = {};

  private final Context context;

  FailureCoordinator(Context context) {
    this.context = context;
  }

  /** Creates the coordinator of an operator. */
  record Provider(OperatorID operator) implements OperatorCoordinator.Provider {
    private static final long serialVersionUID = 1L;

    @Override
    public OperatorID getOperatorId() {
      return operator;
    }

    @Override
    public OperatorCoordinator create(Context context) {
      return new FailureCoordinator(context);
    }
  }

  @Override
  public void executionAttemptFailed(int subtask, int attempt, @Nullable Throwable reason) {
    if (reason != null) {
      PermanentFailure.of(reason)
          .ifPresent(kind -> context.failJob(new PermanentFailureException(kind, reason)));
    }
  }

  @Override
  public void checkpointCoordinator(long checkpointId, CompletableFuture<byte[]> state) {
    state.complete(NO_STATE);
  }

  @Override
  public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
    throw new IllegalStateException("the operator must send no events, but sent " + event);
  }

  @Override
  public void start() {}

  @Override
  public void close() {}

  @Override
  public void notifyCheckpointComplete(long checkpointId) {}

  @Override
  public void resetToCheckpoint(long checkpointId, byte @Nullable [] state) {}

  @Override
  public void subtaskReset(int subtask, long checkpointId) {}

  @Override
  public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {}
}
