package io.undertone.jobs;

import io.undertone.audio.vad.SileroVad;
import io.undertone.jobs.kafka.KafkaSinks;
import io.undertone.jobs.kafka.KafkaSources;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.AnalysisOptions;
import io.undertone.jobs.options.JobOptions;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.torch.TorchModelFactory;
import io.undertone.operators.segment.VoiceActivityDetectorFactory;
import java.util.Arrays;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** From the topic of audio chunks to the topic of emotion events. */
public final class EmotionJob {
  public static final String NAME = "undertone-emotion";

  private EmotionJob() {}

  /** Runs the job on the cluster that it was submitted to; {@code --help} lists the options. */
  public static void main(String[] arguments) throws Exception { // as declared by execute()
    if (Arrays.asList(arguments).contains("--help")) {
      System.out.print(JobOptions.help());
      return;
    }
    JobOptions options = JobOptions.parse(arguments);
    requireTopics(options);
    define(options, StageOptions.of(options).onCluster(), SileroVad::open, model(options))
        .execute(NAME);
  }

  /** The model of the options; reads nothing yet. */
  private static EmotionModelFactory model(JobOptions options) {
    return new TorchModelFactory(
        options.get(AnalysisOptions.MODEL_DIR),
        options.prior(),
        options.get(AnalysisOptions.ARITHMETIC),
        options.device());
  }

  /** Defines the job in an environment of its own, with the default voice activity detector. */
  public static StreamExecutionEnvironment define(JobOptions options, EmotionModelFactory models) {
    return define(options, SileroVad::open, models);
  }

  /** Defines the job in an environment of its own. */
  public static StreamExecutionEnvironment define(
      JobOptions options, VoiceActivityDetectorFactory detectors, EmotionModelFactory models) {
    return define(options, StageOptions.of(options), detectors, models);
  }

  /**
   * Defines the job in an environment of its own; nothing runs yet.
   *
   * @param stages overrides what the options say of the stages
   */
  public static StreamExecutionEnvironment define(
      JobOptions options,
      StageOptions stages,
      VoiceActivityDetectorFactory detectors,
      EmotionModelFactory models) {
    StreamExecutionEnvironment env = JobConfiguration.environment(options);
    EmotionSources sources =
        new EmotionSources(
            KafkaSources.audio(options),
            KafkaSources.control(options),
            KafkaSources.alertRules(options));
    EmotionSinks sinks =
        new EmotionSinks(
            KafkaSinks.events(options),
            KafkaSinks.deadLetters(options),
            KafkaSinks.late(options),
            KafkaSinks.audit(options),
            KafkaSinks.alerts(options),
            KafkaSinks.contactLens(options));
    EmotionTopology.define(env, sources, sinks, stages, detectors, models);
    return env;
  }

  /** A job without its topics would restart again and again, so check before it starts. */
  private static void requireTopics(JobOptions options) throws TopicUnavailableException {
    try (Topics topics = Topics.of(options)) {
      topics.require(options.topics().all());
    }
  }
}
