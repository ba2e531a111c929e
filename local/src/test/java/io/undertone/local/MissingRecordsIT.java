package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.MissingRecords;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.EmotionEvent;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Retention passes what the job has not read, or the topic is created anew. */
@ExtendWith(ClusterExtension.class)
class MissingRecordsIT {
  private static final ReplaySettings SETTINGS =
      ReplaySettings.startingAt(1_600_000_000_000L).withCodec(AudioCodec.PCMU);
  private static final int PARTITIONS = 2;
  private static final long POLL_MS = 20;

  private @TempDir Path savepoints;

  @Test
  void theJobGoesOnBehindRecordsThatRetentionDeletedAndSaysHowMany(Cluster cluster)
      throws TopicUnavailableException,
          InterruptedException,
          AudioFileException,
          ExecutionException {
    TestPipeline pipeline = pipeline(cluster, MissingRecords.SKIP);
    try (LogSearch log = LogSearch.of("has lost records to its retention");
        TopicReader<EmotionEvent> events = pipeline.events()) {
      Path savepoint = stopAfterACall(pipeline, events);
      send("unread", pipeline);
      deleteRecords(pipeline);
      send("next", pipeline);

      RunningJob job = pipeline.restore(1, savepoint.toUri().toString());
      try {
        List<EmotionEvent> written = events.await(EventSets.endOf(2));
        assertThat(EventSets.ofCall("next", written)).hasSizeGreaterThan(1);
        assertThat(EventSets.ofCall("unread", written)).isEmpty();
        assertThat(log.found()).isNotEmpty();
      } finally {
        job.cancel();
      }
    }
  }

  @Test
  void theJobEndsWithTheReasonIfTold(Cluster cluster)
      throws TopicUnavailableException,
          InterruptedException,
          AudioFileException,
          ExecutionException {
    TestPipeline pipeline = pipeline(cluster, MissingRecords.FAIL);
    try (TopicReader<EmotionEvent> events = pipeline.events()) {
      Path savepoint = stopAfterACall(pipeline, events);
      send("unread", pipeline);
      deleteRecords(pipeline);

      RunningJob job = pipeline.restore(1, savepoint.toUri().toString());

      assertThat(job.awaitEnd()).isFalse();
      assertThat(job.lastFailure())
          .hasValueSatisfying(
              failure ->
                  assertThat(failure)
                      .contains("records that were not read are gone, which no restart can mend")
                      .contains("has lost records to its retention"));
    }
  }

  @Test
  void aTopicThatWasCreatedAnewWhileTheJobWasDownIsReadFromItsBeginning(Cluster cluster)
      throws TopicUnavailableException,
          InterruptedException,
          AudioFileException,
          ExecutionException {
    TestPipeline pipeline = pipeline(cluster, MissingRecords.SKIP);
    try (TopicReader<EmotionEvent> events = pipeline.events()) {
      Path savepoint = stopAfterACall(pipeline, events);
      createAnew(pipeline);
      // More records than the job had read of the former topic.
      for (String call : List.of("second", "third", "fourth")) {
        send(call, pipeline);
      }

      RunningJob job = pipeline.restore(1, savepoint.toUri().toString());
      try {
        events.await(EventSets.endOf(4));
      } finally {
        job.cancel();
      }
    }
  }

  @Test
  void aTopicThatIsCreatedAnewWhileTheJobRunsIsReadFromItsBeginning(Cluster cluster)
      throws TopicUnavailableException,
          InterruptedException,
          AudioFileException,
          ExecutionException {
    TestPipeline pipeline = pipeline(cluster, MissingRecords.SKIP);
    RunningJob job = pipeline.start(1);
    try (TopicReader<EmotionEvent> events = pipeline.events()) {
      send("first", pipeline);
      events.await(EventSets.endOf(1));
      job.checkpoint();
      createAnew(pipeline);
      send("second", pipeline);

      events.await(EventSets.endOf(2));
    } finally {
      job.cancel();
    }
  }

  private static TestPipeline pipeline(Cluster cluster, MissingRecords missing)
      throws TopicUnavailableException {
    return TestPipeline.with(
        cluster,
        new FakeEmotionModelFactory(),
        JobOptions.defaults().with(KafkaOptions.MISSING_RECORDS, missing));
  }

  private Path stopAfterACall(TestPipeline pipeline, TopicReader<EmotionEvent> events)
      throws TopicUnavailableException, InterruptedException, AudioFileException {
    RunningJob job = pipeline.start(1);
    send("first", pipeline);
    events.await(EventSets.endOf(1));
    return job.stopWithSavepoint(savepoints);
  }

  private static void send(String call, TestPipeline pipeline)
      throws TopicUnavailableException, InterruptedException, AudioFileException {
    try (CallReplayer replayer = pipeline.replayer()) {
      replayer.send(
          CallChunks.of(DemoCalls.beginOf(DemoCalls.call("lost-parcel", call), 12_000), SETTINGS),
          SETTINGS);
    }
  }

  /** All that is in the topic now, as retention does. */
  private static void deleteRecords(TestPipeline pipeline)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      all.put(
          new TopicPartition(pipeline.topics().audioChunks(), partition),
          RecordsToDelete.beforeOffset(-1));
    }
    try (Admin admin = admin(pipeline)) {
      admin.deleteRecords(all).all().get();
    }
  }

  private static void createAnew(TestPipeline pipeline)
      throws ExecutionException, InterruptedException {
    String topic = pipeline.topics().audioChunks();
    try (Admin admin = admin(pipeline)) {
      admin.deleteTopics(List.of(topic)).all().get();
      while (exists(topic, admin)) {
        Thread.sleep(POLL_MS);
      }
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
      while (!exists(topic, admin)) {
        Thread.sleep(POLL_MS);
      }
    }
  }

  private static boolean exists(String topic, Admin admin)
      throws ExecutionException, InterruptedException {
    try {
      admin.describeTopics(List.of(topic)).allTopicNames().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  private static Admin admin(TestPipeline pipeline) {
    return Admin.create(
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, pipeline.bootstrapServers()));
  }
}
