package io.undertone.local;

import io.undertone.jobs.StageOptions;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.model.EmotionPrior;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.torch.TorchModelFactory;
import io.undertone.operators.order.CallLimits;
import io.undertone.operators.order.OrderOptions;
import java.nio.file.Path;

/**
 * The job of the savepoints among the test resources: both sides, the default model of that
 * version.
 */
final class SavepointPipeline {
  /** Has a folder for each version of which there is a savepoint. */
  static final Path FOLDER = Path.of("src/test/resources/savepoints");

  /** In the folder of a savepoint: ids of the events that the job wrote before it. */
  static final String EVENTS_BEFORE = "events-before.txt";

  /** Savepoints up to de962ee were taken without keys, so their state is not encrypted. */
  private static final Path KEYS = Path.of("src/test/resources/savepoint-keys.txt");

  /** Part of the savepoints, which hold its name and how far the job has read it. */
  private static final String AUDIO_TOPIC = "savepoint.audio";

  /** The same, in the savepoints since 49aec99. */
  private static final String CONTROL_TOPIC = "7d924681-9b5e-4f8d-846a-95ab7f4681c6.control";

  /** The same, in the savepoints since de962ee. */
  private static final String ALERT_RULES_TOPIC =
      "cd9ea1c7-d0c4-4d22-a927-e34d31c211f0.alert-rules";

  private static final long CENTURY_MS = 100L * 365 * 86_400_000;

  private SavepointPipeline() {}

  /** The default model at b0f08fd, which the memories in the savepoints belong to. */
  static EmotionModelFactory model() {
    return new TorchModelFactory(
        "../model-torch/src/test/models/undertone-small-b0f08fd", EmotionPrior.UNIFORM);
  }

  static TestPipeline with(Cluster cluster, String stateBackend)
      throws TopicUnavailableException, InvalidOptionException {
    return with(cluster, stateBackend, model());
  }

  /** With another model than that of the savepoints. */
  static TestPipeline with(Cluster cluster, String stateBackend, EmotionModelFactory model)
      throws TopicUnavailableException, InvalidOptionException {
    return TestPipeline.over(
        AUDIO_TOPIC,
        CONTROL_TOPIC,
        ALERT_RULES_TOPIC,
        cluster,
        model,
        JobOptions.parse(
            "--batch-size=1",
            "--roles=customer,agent",
            "--state-backend=" + stateBackend,
            "--state-keys=" + KEYS,
            // Each run creates the topic anew, with the same records.
            "--missing-records=trust"),
        SavepointPipeline::withoutExpiry);
  }

  /**
   * Flink's time to live follows the wall clock, also while no job runs: with the defaults,
   * tombstones of an old savepoint would have expired.
   */
  private static StageOptions withoutExpiry(StageOptions stages) {
    OrderOptions order = stages.order();
    CallLimits limits = order.limits();
    return new StageOptions(
        stages.decode(),
        order.withLimits(
            new CallLimits(
                limits.conversationTimeoutMs(),
                limits.stalledTimeoutMs(),
                limits.lingerMs(),
                CENTURY_MS,
                CENTURY_MS)),
        stages.segment(),
        stages.recognize(),
        stages.emit(),
        stages.alert(),
        stages.keys());
  }
}
