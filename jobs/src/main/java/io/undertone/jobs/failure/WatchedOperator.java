package io.undertone.jobs.failure;

import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;

/**
 * An operator whose task ends the job when it fails for good, instead of restarting it without end.
 */
public final class WatchedOperator<IN, OUT> extends SimpleOperatorFactory<OUT>
    implements OneInputStreamOperatorFactory<IN, OUT>, CoordinatedOperatorFactory<OUT> {
  private static final long serialVersionUID = 1L;

  private WatchedOperator(OneInputStreamOperator<IN, OUT> operator) {
    super(operator);
  }

  public static <IN, OUT> WatchedOperator<IN, OUT> of(OneInputStreamOperator<IN, OUT> operator) {
    return new WatchedOperator<>(operator);
  }

  @Override
  public OperatorCoordinator.Provider getCoordinatorProvider(String name, OperatorID id) {
    return new FailureCoordinator.Provider(id);
  }
}
