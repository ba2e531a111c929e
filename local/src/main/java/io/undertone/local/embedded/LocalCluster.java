package io.undertone.local.embedded;

import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.jobs.options.StartingOffsets;
import io.undertone.jobs.options.TopicNames;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;

/**
 * All that the emotion job needs, in this JVM: a broker with the job's topics, a Flink cluster, and
 * a folder for checkpoints, which close() deletes.
 */
public final class LocalCluster implements AutoCloseable {
  private final int parallelism;
  private final TemporaryDirectory checkpoints;
  private final EmbeddedKafka kafka;
  private final EmbeddedFlink flink;

  private LocalCluster(
      int parallelism, TemporaryDirectory checkpoints, EmbeddedKafka kafka, EmbeddedFlink flink) {
    this.parallelism = parallelism;
    this.checkpoints = checkpoints;
    this.kafka = kafka;
    this.flink = flink;
  }

  /**
   * Starts all of it.
   *
   * @param parallelism subtasks of each stage, slots of the cluster, and partitions of each topic
   */
  public static LocalCluster start(int parallelism) throws TopicUnavailableException {
    LocalCluster cluster =
        new LocalCluster(
            parallelism,
            TemporaryDirectory.create("undertone-checkpoints-"),
            EmbeddedKafka.start(),
            EmbeddedFlink.start(parallelism));
    try (Topics topics = Topics.at(cluster.bootstrapServers(), Map.of())) {
      topics.createMissing(TopicNames.DEFAULT, parallelism);
      return cluster;
    } catch (TopicUnavailableException e) {
      cluster.close();
      throw e;
    }
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** The address of Flink's web interface. */
  public URI webInterface() {
    return flink.webInterface();
  }

  /** Options for a job on this cluster that reads its topic from the beginning. */
  public JobOptions options() {
    return withAddresses(JobOptions.defaults());
  }

  /**
   * The same with further options.
   *
   * @param arguments as {@code --name=value}
   */
  public JobOptions optionsWith(List<String> arguments) throws InvalidOptionException {
    return withAddresses(JobOptions.parse(arguments.toArray(String[]::new)));
  }

  private JobOptions withAddresses(JobOptions options) {
    return options
        .with(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers())
        .with(KafkaOptions.STARTING_OFFSETS, StartingOffsets.EARLIEST)
        .with(RuntimeOptions.PARALLELISM, parallelism)
        .with(RuntimeOptions.CHECKPOINT_DIR, checkpoints.path().toUri().toString());
  }

  /** Submits the emotion job that an environment defines; returns once Flink has accepted it. */
  public RunningJob submit(StreamExecutionEnvironment env) {
    return flink.submit(env, EmotionJob.NAME);
  }

  @Override
  public void close() {
    flink.close();
    kafka.close();
    // Quietly: a temporary folder that stays must not fail a command.
    FileUtils.deleteDirectoryQuietly(checkpoints.path().toFile());
  }
}
