package io.undertone.local;

import io.undertone.audio.vad.SileroVad;
import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.StageOptions;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallReplayer;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.EmotionEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.avro.message.MessageDecoder;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The whole job on the shared cluster, with topics of its own. */
public final class TestPipeline {
  private static final int PARTITIONS = 2;

  private final Cluster cluster;
  private final JobOptions options;
  private final StageOptions stages;
  private final EmotionModelFactory models;
  private final Configuration flink = new Configuration();
  private @Nullable RunningJob job;

  private TestPipeline(
      Cluster cluster, JobOptions options, StageOptions stages, EmotionModelFactory models) {
    this.cluster = cluster;
    this.options = options;
    this.stages = stages;
    this.models = models;
  }

  /** Creates the topics. The job has default options and a fake model. */
  public static TestPipeline with(Cluster cluster) throws TopicUnavailableException {
    return with(cluster, new FakeEmotionModelFactory(), JobOptions.defaults());
  }

  /** Creates the topics. The options get the cluster's broker, and names of their own. */
  static TestPipeline with(Cluster cluster, EmotionModelFactory models, JobOptions options)
      throws TopicUnavailableException {
    JobOptions own = ownOptions(cluster, options);
    try (Topics admin = Topics.of(own)) {
      admin.createMissing(own.topics(), PARTITIONS);
    }
    return new TestPipeline(cluster, own, StageOptions.of(own), models);
  }

  /**
   * Creates the topics, but for the given ones if they exist.
   *
   * @param audioTopic has one partition, so that the job reads chunks in the order of their sending
   */
  static TestPipeline over(
      String audioTopic,
      String controlTopic,
      String alertRulesTopic,
      Cluster cluster,
      EmotionModelFactory models,
      JobOptions options,
      UnaryOperator<StageOptions> stages)
      throws TopicUnavailableException {
    JobOptions own =
        ownOptions(cluster, options)
            .with(KafkaOptions.AUDIO_TOPIC, audioTopic)
            .with(KafkaOptions.CONTROL_TOPIC, controlTopic)
            .with(KafkaOptions.ALERT_RULES_TOPIC, alertRulesTopic);
    try (Topics admin = Topics.of(own)) {
      admin.createMissing(own.topics(), 1);
    }
    return new TestPipeline(cluster, own, stages.apply(StageOptions.of(own)), models);
  }

  private static JobOptions ownOptions(Cluster cluster, JobOptions options) {
    String name = UUID.randomUUID().toString();
    return options
        .with(KafkaOptions.BOOTSTRAP_SERVERS, cluster.kafka().bootstrapServers())
        .with(KafkaOptions.GROUP_ID, name)
        .with(KafkaOptions.TRANSACTIONAL_ID_PREFIX, name)
        .with(KafkaOptions.AUDIO_TOPIC, name + ".audio")
        .with(KafkaOptions.CONTROL_TOPIC, name + ".control")
        .with(KafkaOptions.EVENTS_TOPIC, name + ".events")
        .with(KafkaOptions.DEAD_LETTERS_TOPIC, name + ".dlq")
        .with(KafkaOptions.LATE_TOPIC, name + ".late")
        .with(KafkaOptions.AUDIT_TOPIC, name + ".audit")
        .with(KafkaOptions.ALERT_RULES_TOPIC, name + ".alert-rules")
        .with(KafkaOptions.ALERTS_TOPIC, name + ".alerts")
        .with(RuntimeOptions.RESTART_DELAY, Duration.ofMillis(10));
  }

  /** All state goes to files, and none into the metadata of checkpoints. */
  TestPipeline withStateInFiles() {
    flink.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ZERO);
    return this;
  }

  public TopicNames topics() {
    return options.topics();
  }

  String bootstrapServers() {
    return cluster.kafka().bootstrapServers();
  }

  /** The last failure of the job, for messages. */
  String lastFailure() {
    return job == null ? "not started" : job.lastFailure().orElse("never failed");
  }

  /** Starts the job without state. */
  public RunningJob start(int parallelism) {
    job = cluster.flink().submit(define(parallelism), EmotionJob.NAME);
    return job;
  }

  /** Starts the job with the state of a checkpoint. */
  public RunningJob restore(int parallelism, String checkpoint) {
    job = cluster.flink().submit(define(parallelism), EmotionJob.NAME, checkpoint);
    return job;
  }

  public CallReplayer replayer() throws TopicUnavailableException {
    return CallReplayer.connect(bootstrapServers(), topics().audioChunks(), Map.of());
  }

  public TopicReader<EmotionEvent> events() {
    return read(topics().events(), EmotionEvent.getDecoder());
  }

  /** Includes the events of open and of aborted transactions. */
  public TopicReader<EmotionEvent> uncommittedEvents() {
    return TopicReader.ofAll(this, topics().events(), EmotionEvent.getDecoder());
  }

  public TopicReader<DeadLetter> deadLetters() {
    return read(topics().deadLetters(), DeadLetter.getDecoder());
  }

  public TopicReader<DeadLetter> late() {
    return read(topics().late(), DeadLetter.getDecoder());
  }

  public <T> TopicReader<T> read(String topic, MessageDecoder<T> decoder) {
    return TopicReader.ofCommitted(this, topic, decoder);
  }

  /** Sends values to the topic of audio chunks. */
  List<RawProducer.Sent> sendRaw(List<byte[]> values) throws InterruptedException {
    return RawProducer.send(bootstrapServers(), topics().audioChunks(), values);
  }

  /** Sends records to their topics. */
  List<RawProducer.Sent> sendRecords(List<ProducerRecord<byte[], byte[]>> records)
      throws InterruptedException {
    return RawProducer.send(bootstrapServers(), records);
  }

  JobOptions options() {
    return options;
  }

  private StreamExecutionEnvironment define(int parallelism) {
    StreamExecutionEnvironment env =
        EmotionJob.define(
            options.with(RuntimeOptions.PARALLELISM, parallelism), stages, SileroVad::open, models);
    env.configure(flink);
    return env;
  }
}
