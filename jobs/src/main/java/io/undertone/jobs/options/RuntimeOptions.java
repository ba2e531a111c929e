package io.undertone.jobs.options;

import java.util.List;
import java.util.Optional;

/**
 * How the job runs on Flink.
 *
 * @param parallelism subtasks of each operator; empty leaves it to the cluster
 * @param maxParallelism how far the job can ever be scaled out; state keeps it for good
 * @param checkpoints when state is saved, and where
 * @param restarts how many failures the job survives
 * @param stateBackend where state lives while the job runs
 */
public record RuntimeOptions(
    Optional<Integer> parallelism,
    int maxParallelism,
    CheckpointOptions checkpoints,
    RestartOptions restarts,
    StateBackend stateBackend) {

  private static final int MOST_PARALLELISM = 32768;
  private static final int LEFT_TO_THE_CLUSTER = 0;

  static final Option<Integer> PARALLELISM =
      new Option<>(
          "parallelism",
          String.valueOf(LEFT_TO_THE_CLUSTER),
          "subtasks of each operator; 0 leaves it to the cluster",
          ValueType.wholeNumber(LEFT_TO_THE_CLUSTER, MOST_PARALLELISM));
  static final Option<Integer> MAX_PARALLELISM =
      new Option<>(
          "max-parallelism",
          "720",
          "how far the job can ever be scaled out; fixed with the first checkpoint",
          ValueType.wholeNumber(1, MOST_PARALLELISM));
  static final Option<StateBackend> STATE_BACKEND =
      new Option<>(
          "state-backend",
          "cluster",
          "where state lives; cluster leaves it to the cluster",
          ValueType.oneOf(StateBackend.class));
  static final List<Option<?>> OPTIONS = List.of(PARALLELISM, MAX_PARALLELISM, STATE_BACKEND);

  static RuntimeOptions from(OptionValues values) throws InvalidOptionException {
    int parallelism = values.get(PARALLELISM);
    int maxParallelism = values.get(MAX_PARALLELISM);
    if (parallelism > maxParallelism) {
      throw new InvalidOptionException(
          "--parallelism must be at most --max-parallelism = "
              + maxParallelism
              + ", but is "
              + parallelism);
    }
    return new RuntimeOptions(
        Optional.of(parallelism).filter(given -> given != LEFT_TO_THE_CLUSTER),
        maxParallelism,
        CheckpointOptions.from(values),
        RestartOptions.from(values),
        values.get(STATE_BACKEND));
  }
}
