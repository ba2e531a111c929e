package io.undertone.jobs;

import io.undertone.audio.vad.SileroVad;
import io.undertone.jobs.kafka.AudioSource;
import io.undertone.jobs.kafka.KafkaSinks;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.torch.TorchModelFactory;
import io.undertone.operators.segment.VoiceActivityDetectorFactory;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** From the topic of audio to the topic of emotion events. */
public final class EmotionJob {
  public static final String NAME = "undertone-emotion";

  private EmotionJob() {}

  /** Runs the job on the cluster that it was submitted to; {@code --help} lists the options. */
  public static void main(String[] arguments) throws Exception { // as execute() has it
    if (Arrays.asList(arguments).contains("--help")) {
      System.out.print(JobOptions.help());
    } else {
      define(arguments, TorchModelFactory::new).execute(NAME);
    }
  }

  /** The job over Kafka in an environment of its own; nothing runs yet. */
  public static StreamExecutionEnvironment define(JobOptions options, EmotionModelFactory models) {
    return define(options, SileroVad::open, models);
  }

  /** The same with another way to tell where somebody speaks. */
  public static StreamExecutionEnvironment define(
      JobOptions options, VoiceActivityDetectorFactory detectors, EmotionModelFactory models) {
    StreamExecutionEnvironment env = JobConfiguration.environment(options.runtime());
    KafkaOptions kafka = options.kafka();
    EmotionSinks sinks =
        new EmotionSinks(
            KafkaSinks.events(kafka), KafkaSinks.deadLetters(kafka), KafkaSinks.late(kafka));
    EmotionTopology.define(
        env, AudioSource.of(kafka), sinks, options.analysis(), detectors, models);
    return env;
  }

  /**
   * The job of a command line.
   *
   * @param models gives the factory of a model's folder
   * @throws InvalidOptionException if an option is unknown or has no use
   * @throws TopicUnavailableException within seconds, if the broker or a topic is not there
   */
  public static StreamExecutionEnvironment define(
      String[] arguments, Function<String, EmotionModelFactory> models)
      throws InvalidOptionException, TopicUnavailableException {
    JobOptions options = JobOptions.parse(arguments);
    KafkaOptions kafka = options.kafka();
    try (Topics topics = Topics.at(kafka.bootstrapServers(), kafka.clientProperties())) {
      topics.require(kafka.topics().all());
    }
    return define(options, models.apply(options.analysis().modelDir()));
  }
}
