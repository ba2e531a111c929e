package io.undertone.local.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A Flink cluster in this JVM: a JobManager and one TaskManager, with the web interface. The job
 * chooses state backend and checkpoint folder.
 */
public final class EmbeddedFlink implements AutoCloseable {
  private static final int ANY_FREE_PORT = 0;

  private final TemporaryDirectory work;
  private final MiniCluster cluster;

  private EmbeddedFlink(TemporaryDirectory work, MiniCluster cluster) {
    this.work = work;
    this.cluster = cluster;
  }

  /** Starts a cluster with its web interface on any free port. */
  public static EmbeddedFlink start(int slots) {
    return start(slots, ANY_FREE_PORT);
  }

  /**
   * Starts a cluster.
   *
   * @param slots most subtasks of an operator
   * @param webPort port of the web interface, on the loopback interface
   */
  public static EmbeddedFlink start(int slots, int webPort) {
    return start(slots, webPort, Map.of());
  }

  /**
   * The same.
   *
   * @param settings of Flink, such as those of a reporter of metrics
   */
  public static EmbeddedFlink start(int slots, int webPort, Map<String, String> settings) {
    TemporaryDirectory work = TemporaryDirectory.create("undertone-flink-");
    MiniCluster cluster = new MiniCluster(configuration(slots, webPort, work, settings));
    EmbeddedFlink flink = new EmbeddedFlink(work, cluster);
    try {
      cluster.start();
      return flink;
    } catch (Exception e) { // as declared by start()
      flink.close();
      throw new IllegalStateException("cannot start Flink: " + e.getMessage(), e);
    }
  }

  /** The address of the web interface. */
  public URI webInterface() {
    return cluster.getRestAddress().join();
  }

  /** Submits the job that an environment defines; returns once the cluster has accepted it. */
  public RunningJob submit(StreamExecutionEnvironment env, String jobName) {
    return submit(env, jobName, JobID.generate(), SavepointRestoreSettings.none());
  }

  /**
   * Submits the job that an environment defines, with the state of a checkpoint. The job must have
   * an operator for all of that state.
   *
   * @param checkpoint a result of {@link RunningJob#checkpoint}
   */
  public RunningJob submit(StreamExecutionEnvironment env, String jobName, String checkpoint) {
    return submit(env, jobName, JobID.generate(), SavepointRestoreSettings.forPath(checkpoint));
  }

  /**
   * Submits the job that an environment defines under an id of its own, without state.
   *
   * @param id which its folder of checkpoints is named by
   */
  public RunningJob submit(StreamExecutionEnvironment env, String jobName, JobID id) {
    return submit(env, jobName, id, SavepointRestoreSettings.none());
  }

  /**
   * Submits the job that an environment defines under the id that it had before, with the state of
   * a checkpoint of that time, which the job deletes when it has a newer one.
   */
  public RunningJob resume(
      StreamExecutionEnvironment env, String jobName, JobID id, Path checkpoint) {
    boolean allowLostState = false;
    return submit(
        env,
        jobName,
        id,
        SavepointRestoreSettings.forPath(
            checkpoint.toUri().toString(), allowLostState, RecoveryClaimMode.CLAIM));
  }

  /** Kills the TaskManager with all its tasks, and starts another. */
  public void replaceTaskManager() {
    cluster.terminateTaskManager(0).join();
    try {
      cluster.startTaskManager();
    } catch (Exception e) { // as declared by startTaskManager()
      throw new IllegalStateException("cannot start another TaskManager", e);
    }
  }

  /** Stops all jobs and deletes the cluster's working files; checkpoints stay. */
  @Override
  public void close() {
    try {
      cluster.closeAsync().join();
    } finally {
      work.close();
    }
  }

  private RunningJob submit(
      StreamExecutionEnvironment env, String jobName, JobID id, SavepointRestoreSettings restore) {
    StreamGraph graph = env.getStreamGraph();
    graph.setJobId(id);
    graph.setJobName(jobName);
    graph.setSavepointRestoreSettings(restore);
    try {
      return new RunningJob(cluster, cluster.submitJob(graph).join().getJobID());
    } catch (CompletionException e) {
      throw new IllegalStateException("Flink rejected the job " + jobName, e.getCause());
    }
  }

  private static MiniClusterConfiguration configuration(
      int slots, int webPort, TemporaryDirectory work, Map<String, String> settings) {
    Configuration configuration = Configuration.fromMap(settings);
    configuration.set(CoreOptions.TMP_DIRS, work.path().toString());
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    configuration.set(RestOptions.BIND_PORT, String.valueOf(webPort));
    configuration.set(JobManagerOptions.BIND_HOST, "localhost");
    configuration.set(RestOptions.ADDRESS, "localhost");
    configuration.set(RestOptions.BIND_ADDRESS, "localhost");
    configuration.set(WebOptions.TMP_DIR, work.path().toString());
    configuration.set(WebOptions.SUBMIT_ENABLE, false);
    return new MiniClusterConfiguration.Builder()
        .setConfiguration(configuration)
        .setNumTaskManagers(1)
        .setNumSlotsPerTaskManager(slots)
        .setRpcServiceSharing(RpcServiceSharing.SHARED)
        .build();
  }
}
