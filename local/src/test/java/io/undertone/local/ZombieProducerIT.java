package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.SingleObject;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.Delivery;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.EmotionEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A producer of a former run of the job, which the cluster took for dead: it still has an open
 * transaction with an id of the job's prefix, and comes back.
 */
@ExtendWith(ClusterExtension.class)
class ZombieProducerIT {
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(1_600_000_000_000L);
  private static final String OF_ZOMBIE = "of-the-zombie";

  @Test
  void itsOpenTransactionIsAbortedAndItCanCommitNoMore(Cluster cluster, @TempDir Path checkpoints)
      throws TopicUnavailableException,
          InterruptedException,
          AudioFileException,
          ExecutionException {
    TestPipeline pipeline =
        TestPipeline.with(
            cluster,
            new FakeEmotionModelFactory(),
            JobOptions.defaults()
                .with(KafkaOptions.DELIVERY, Delivery.EXACTLY_ONCE)
                .with(RuntimeOptions.CHECKPOINT_DIR, checkpoints.toUri().toString())
                .with(RuntimeOptions.CHECKPOINT_INTERVAL, Duration.ofMillis(500)));
    List<AudioChunk> chunks =
        CallChunks.of(DemoCalls.beginOf(DemoCalls.call("lost-parcel", "zombie"), 20_000), SETTINGS);
    List<EmotionEvent> undisturbed = UndisturbedCall.events(cluster, chunks, SETTINGS);
    try (KafkaProducer<byte[], byte[]> zombie = zombie(pipeline)) {
      zombie.initTransactions();
      zombie.beginTransaction();
      zombie.send(record(undisturbed.get(0), pipeline)).get();
      RunningJob job = pipeline.start(1);
      try (CallReplayer replayer = pipeline.replayer();
          TopicReader<EmotionEvent> committed = pipeline.events();
          TopicReader<EmotionEvent> all = pipeline.uncommittedEvents()) {
        replayer.send(chunks, SETTINGS);

        // Nothing behind an open transaction can be read.
        assertThat(committed.await(EventSets.endOf(1))).isEqualTo(undisturbed);
        all.await(events -> !EventSets.ofCall(OF_ZOMBIE, events).isEmpty());
        assertThatThrownBy(zombie::commitTransaction).isInstanceOf(ApiException.class);
      } finally {
        job.cancel();
      }
    }
  }

  /** Flink's ids: prefix, subtask, and a number that grows with the checkpoints. */
  private static KafkaProducer<byte[], byte[]> zombie(TestPipeline pipeline) {
    String id =
        "%s-%s-0-1"
            .formatted(
                pipeline.options().get(KafkaOptions.TRANSACTIONAL_ID_PREFIX),
                pipeline.topics().events());
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            pipeline.bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            id),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static ProducerRecord<byte[], byte[]> record(EmotionEvent event, TestPipeline pipeline) {
    return SingleObject.record(
        pipeline.topics().events(),
        SingleObject.keyOf(event.getTenant(), "zombie"),
        EmotionEvent.getEncoder(),
        EmotionEvent.newBuilder(event).setConversationId(OF_ZOMBIE).build());
  }
}
