package io.undertone.cli.job;

import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.JobOptions;
import picocli.CommandLine.Option;

/** Whether a command creates the job's topics; a mixin. */
public final class TopicsOption {
  @Option(
      names = "--create-topics",
      description =
          "Creates those topics of the job that are missing, with one replica and a partition for"
              + " each subtask.")
  private boolean create;

  /** Whether it was given. */
  public boolean isGiven() {
    return create;
  }

  /**
   * Creates the topics that are missing.
   *
   * @param subtasks of the job
   */
  public static void create(JobOptions options, int subtasks) throws TopicUnavailableException {
    try (Topics topics = Topics.of(options)) {
      topics.createMissing(options.topics(), subtasks);
    }
  }
}
