package io.undertone.cli.demo;

import io.undertone.cli.job.SubmittedJob;
import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.jobs.options.StartingOffsets;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.EmbeddedFlink;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.model.recognizer.EmotionModelFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.util.FileUtils;

/** A broker with the four topics, and a Flink cluster, in this process. */
final class DemoCluster implements AutoCloseable {
  /** Subtasks of each stage, slots of the cluster, and partitions of each topic. */
  private static final int PARALLELISM = 2;

  private final Path checkpoints = temporaryFolder();
  private final EmbeddedKafka kafka = EmbeddedKafka.start();
  private final EmbeddedFlink flink = EmbeddedFlink.start(PARALLELISM);

  /** Submits the emotion job, which reads its topic from the start. */
  SubmittedJob submit(EmotionModelFactory models) throws TopicUnavailableException {
    try (Topics topics = Topics.at(kafka.bootstrapServers(), Map.of())) {
      topics.createMissing(TopicNames.DEFAULT, PARALLELISM);
    }
    JobOptions options =
        JobOptions.defaults()
            .with(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers())
            .with(KafkaOptions.STARTING_OFFSETS, StartingOffsets.EARLIEST)
            .with(RuntimeOptions.PARALLELISM, PARALLELISM)
            .with(RuntimeOptions.CHECKPOINT_DIR, checkpoints.toUri().toString());
    return new SubmittedJob(flink.submit(EmotionJob.define(options, models), EmotionJob.NAME));
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  URI webInterface() {
    return flink.webInterface();
  }

  @Override
  public void close() {
    flink.close();
    kafka.close();
    FileUtils.deleteDirectoryQuietly(checkpoints.toFile());
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("undertone-checkpoints");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder for checkpoints", e);
    }
  }
}
