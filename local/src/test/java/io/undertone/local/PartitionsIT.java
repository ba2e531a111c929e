package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls whose chunks are not in the partition that their key names. */
@ExtendWith(ClusterExtension.class)
class PartitionsIT {
  private static final ReplaySettings SETTINGS =
      ReplaySettings.startingAt(1_600_000_000_000L).withCodec(AudioCodec.PCMU);
  private static final String CALL = "moved";

  @Test
  void aCallGoesOnInAPartitionThatIsAddedMeanwhile(Cluster cluster)
      throws TopicUnavailableException,
          InterruptedException,
          AudioFileException,
          IOException,
          ExecutionException {
    List<AudioChunk> chunks = chunks();
    List<AudioChunk> before = chunks.subList(0, chunks.size() / 2);
    List<AudioChunk> after = chunks.subList(chunks.size() / 2, chunks.size());
    List<String> undisturbed = undisturbed(cluster, chunks);
    TestPipeline pipeline = TestPipeline.with(cluster);
    RunningJob job = pipeline.start(2);
    try (TopicReader<EmotionEvent> events = pipeline.events()) {
      pipeline.sendRecords(records(before, 0, pipeline));
      events.await(written -> !written.isEmpty());
      int added = addPartition(pipeline);
      pipeline.sendRecords(records(after, added, pipeline));

      assertThat(ids(events.await(EventSets.endOf(1)))).isEqualTo(undisturbed);
    } finally {
      job.cancel();
    }
  }

  private static List<String> undisturbed(Cluster cluster, List<AudioChunk> chunks)
      throws TopicUnavailableException, InterruptedException, IOException {
    TestPipeline pipeline = TestPipeline.with(cluster);
    RunningJob job = pipeline.start(1);
    try (TopicReader<EmotionEvent> events = pipeline.events()) {
      pipeline.sendRecords(records(chunks, 0, pipeline));
      return ids(events.await(EventSets.endOf(1)));
    } finally {
      job.cancel();
    }
  }

  private static List<String> ids(List<EmotionEvent> events) {
    assertThat(events).hasSizeGreaterThan(2);
    return events.stream().map(EmotionEvent::getEventId).toList();
  }

  /** Returns the number of the new partition. */
  private static int addPartition(TestPipeline pipeline)
      throws ExecutionException, InterruptedException {
    String topic = pipeline.topics().audioChunks();
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, pipeline.bootstrapServers()))) {
      int partitions =
          Objects.requireNonNull(
                  admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic))
              .partitions()
              .size();
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions + 1))).all().get();
      return partitions;
    }
  }

  /** Without keys: a chunk names its call itself. */
  private static List<ProducerRecord<byte[], byte[]>> records(
      List<AudioChunk> chunks, int partition, TestPipeline pipeline) throws IOException {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (AudioChunk chunk : chunks) {
      ByteBuffer encoded = AudioChunk.getEncoder().encode(chunk);
      byte[] value = new byte[encoded.remaining()];
      encoded.get(value);
      records.add(new ProducerRecord<>(pipeline.topics().audioChunks(), partition, null, value));
    }
    return records;
  }

  private static List<AudioChunk> chunks() throws AudioFileException {
    return CallChunks.of(DemoCalls.beginOf(DemoCalls.call("lost-parcel", CALL), 20_000), SETTINGS);
  }
}
