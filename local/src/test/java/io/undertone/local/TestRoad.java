package io.undertone.local;

import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallReplayer;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.EmotionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.message.MessageDecoder;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The whole job over topics of its own on the shared cluster. */
public final class TestRoad {
  private static final int PARTITIONS = 2;

  private final Cluster cluster;
  private final TopicNames topics;
  private final List<String> arguments;
  private final EmotionModelFactory models;
  private @Nullable RunningJob job;

  private TestRoad(
      Cluster cluster, TopicNames topics, List<String> arguments, EmotionModelFactory models) {
    this.cluster = cluster;
    this.topics = topics;
    this.arguments = arguments;
    this.models = models;
  }

  /** Makes the topics; the job will hear with a fake model. */
  public static TestRoad with(Cluster cluster, String... arguments)
      throws TopicUnavailableException {
    return with(cluster, new FakeEmotionModelFactory(), arguments);
  }

  /** Makes the topics. */
  static TestRoad with(Cluster cluster, EmotionModelFactory models, String... arguments)
      throws TopicUnavailableException {
    String name = UUID.randomUUID().toString();
    TopicNames topics =
        new TopicNames(name + ".audio", name + ".events", name + ".dlq", name + ".late");
    try (Topics admin = Topics.at(cluster.kafka().bootstrapServers(), Map.of())) {
      admin.createMissing(topics, PARTITIONS);
    }
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", cluster.kafka().bootstrapServers()));
    all.addAll(List.of("--group-id", name, "--transactional-id-prefix", name));
    all.addAll(List.of("--audio-topic", topics.audioChunks(), "--events-topic", topics.events()));
    all.addAll(
        List.of("--dead-letters-topic", topics.deadLetters(), "--late-topic", topics.late()));
    all.addAll(List.of("--restart-delay-ms", "10"));
    return new TestRoad(cluster, topics, all, models);
  }

  public TopicNames topics() {
    return topics;
  }

  String bootstrapServers() {
    return cluster.kafka().bootstrapServers();
  }

  /** Why the job failed last, for messages. */
  String lastFailure() {
    return job == null ? "not started" : job.lastFailure().orElse("never failed");
  }

  /** Starts the job without state. */
  public RunningJob start(int parallelism) throws InvalidOptionException {
    job = cluster.flink().submit(define(parallelism), EmotionJob.NAME);
    return job;
  }

  /** Starts the job with the state of a checkpoint. */
  public RunningJob restore(int parallelism, String checkpoint) throws InvalidOptionException {
    job = cluster.flink().submit(define(parallelism), EmotionJob.NAME, checkpoint);
    return job;
  }

  public CallReplayer replayer() throws TopicUnavailableException {
    return CallReplayer.connect(bootstrapServers(), topics.audioChunks(), Map.of());
  }

  public TopicReader<EmotionEvent> events() {
    return read(topics.events(), EmotionEvent.getDecoder());
  }

  /** Events of transactions that are open or were given up, too. */
  public TopicReader<EmotionEvent> eventsBeforeCommit() {
    return TopicReader.ofAll(this, topics.events(), EmotionEvent.getDecoder());
  }

  public TopicReader<DeadLetter> deadLetters() {
    return read(topics.deadLetters(), DeadLetter.getDecoder());
  }

  public TopicReader<DeadLetter> late() {
    return read(topics.late(), DeadLetter.getDecoder());
  }

  public <T> TopicReader<T> read(String topic, MessageDecoder<T> decoder) {
    return TopicReader.ofCommitted(this, topic, decoder);
  }

  /** Sends bytes to the topic of audio. */
  List<RawProducer.Sent> sendRaw(List<byte[]> values) throws InterruptedException {
    return RawProducer.send(bootstrapServers(), topics.audioChunks(), values);
  }

  private StreamExecutionEnvironment define(int parallelism) throws InvalidOptionException {
    return EmotionJob.define(options(parallelism), models);
  }

  JobOptions options(int parallelism) throws InvalidOptionException {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--parallelism", String.valueOf(parallelism)));
    return JobOptions.parse(all.toArray(String[]::new));
  }
}
