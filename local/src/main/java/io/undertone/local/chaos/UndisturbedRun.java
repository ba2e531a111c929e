package io.undertone.local.chaos;

import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.AnalysisOptions;
import io.undertone.jobs.options.Delivery;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.LocalCluster;
import io.undertone.local.replay.CallReplayer;
import io.undertone.model.torch.TorchModelFactory;
import java.util.Map;

/** The same calls through the same job, in this JVM, where nothing fails. */
final class UndisturbedRun implements AutoCloseable {
  private static final int PARALLELISM = 1;

  private final LocalCluster cluster;

  private UndisturbedRun(LocalCluster cluster) {
    this.cluster = cluster;
  }

  static UndisturbedRun start(ChaosSettings settings)
      throws TopicUnavailableException, InvalidOptionException {
    LocalCluster cluster = LocalCluster.start(PARALLELISM);
    JobOptions options =
        cluster
            .optionsWith(settings.jobOptions())
            .with(AnalysisOptions.MODEL_DIR, settings.model().toString())
            .with(AnalysisOptions.ARITHMETIC, settings.arithmetic())
            .with(AnalysisOptions.BATCH_SIZE, settings.batchSize());
    TorchModelFactory model =
        new TorchModelFactory(
            settings.model().toString(), options.prior(), settings.arithmetic(), options.device());
    cluster.submit(EmotionJob.define(options, model));
    return new UndisturbedRun(cluster);
  }

  CallReplayer replayer() throws TopicUnavailableException {
    return CallReplayer.connect(
        cluster.bootstrapServers(), TopicNames.DEFAULT.audioChunks(), Map.of());
  }

  EventLog events() {
    return EventLog.open(
        cluster.bootstrapServers(), TopicNames.DEFAULT.events(), Delivery.AT_LEAST_ONCE);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
