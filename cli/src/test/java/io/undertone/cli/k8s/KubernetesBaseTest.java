package io.undertone.cli.k8s;

import static io.undertone.cli.k8s.Manifests.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.strimzi.api.kafka.model.topic.KafkaTopicSpec;
import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.TopicNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KubernetesBaseTest {
  private static final String FLINK_DEFINITION =
      "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

  @Test
  void theTopicsAreThoseOfTheJob() throws IOException {
    assertThat(Manifests.ofKind("KafkaTopic"))
        .extracting(topic -> at(topic, "spec", "topicName"))
        .containsExactlyInAnyOrderElementsOf(TopicNames.DEFAULT.all());
  }

  @Test
  void strimziKnowsEachFieldOfATopic() throws IOException {
    for (Map<String, Object> topic : Manifests.ofKind("KafkaTopic")) {
      KafkaTopicSpec spec =
          new ObjectMapper().convertValue(at(topic, "spec"), KafkaTopicSpec.class);

      assertThat(spec.getAdditionalProperties()).isNullOrEmpty();
      assertThat(spec.getPartitions()).isPositive();
      assertThat(spec.getReplicas()).isPositive();
      assertThat(at(topic, "apiVersion")).isEqualTo("kafka.strimzi.io/v1");
      assertThat(at(topic, "metadata", "labels", "strimzi.io/cluster")).isEqualTo("undertone");
    }
  }

  /** The newest operator that can be had from Maven Central ends at Flink 1.20. */
  @Test
  void flinksOperatorKnowsEachFieldOfTheJobButItsNewerVersion() throws IOException {
    try (InputStream yaml = KubernetesBaseTest.class.getResourceAsStream(FLINK_DEFINITION)) {
      CrdSchema definition = CrdSchema.of(Manifests.parse(Objects.requireNonNull(yaml)));

      assertThat(definition.complaints(job()))
          .singleElement()
          .asString()
          .startsWith("spec.flinkVersion must be one of")
          .endsWith("but is v2_3");
    }
    assertThat(at(job(), "apiVersion")).isEqualTo("flink.apache.org/v1beta1");
  }

  @Test
  void theJobCanBeStartedWithItsArguments() throws IOException, InvalidOptionException {
    assertThat(at(job(), "spec", "job", "entryClass")).isEqualTo(EmotionJob.class.getName());

    JobOptions options = JobOptions.parse(arguments().toArray(String[]::new));

    assertThat(options.get(KafkaOptions.BOOTSTRAP_SERVERS))
        .isEqualTo("undertone-kafka-bootstrap:9092");
  }

  @Test
  void flinkKnowsEachSetting() throws IOException {
    Map<?, ?> settings = (Map<?, ?>) at(job(), "spec", "flinkConfiguration");

    assertThat(settings.keySet()).allSatisfy(FlinkSettings::assertKnown);
  }

  @Test
  void theDocumentationNamesTheSamePaths() throws IOException {
    String deployment = Files.readString(Manifests.BASE.resolve("../../docs/deployment.md"));
    String jar = at(job(), "spec", "job", "jarURI").toString();
    String model = arguments().get(arguments().indexOf("--model-dir") + 1);
    Map<?, ?> settings = (Map<?, ?>) at(job(), "spec", "flinkConfiguration");

    assertThat(deployment)
        .contains("`/opt/flink/usrlib`", "`usrlib/undertone-jobs.jar`")
        .contains("COPY models/ /opt/flink/models/")
        .contains(at(settings, "classloader.parent-first-patterns.additional").toString());
    assertThat(jar).isEqualTo("local:///opt/flink/usrlib/undertone-jobs.jar");
    assertThat(model).isEqualTo("/opt/flink/models/undertone-small");
    assertThat(Files.readString(Manifests.BASE.resolve("../README.md")))
        .contains("-t " + at(job(), "spec", "image"));
  }

  @Test
  void alertsWatchTheJobAndMetricsThatItHas() throws IOException {
    Map<String, Object> alerts = Manifests.of(Manifests.BASE.resolve("../alerts")).get(0);
    Map<?, ?> group = (Map<?, ?>) ((List<?>) at(alerts, "spec", "groups")).get(0);
    // Prometheus takes no dash in a value of the reporter.
    String job = EmotionJob.NAME.replace('-', '_');

    assertThat((List<?>) at(group, "rules"))
        .hasSize(4)
        .allSatisfy(
            rule ->
                assertThat(at((Map<?, ?>) rule, "expr").toString())
                    .contains("{job_name=\"" + job + "\"}")
                    .containsPattern(
                        "flink_jobmanager_job_(numRestarts|restartingTime)"
                            + "|flink_taskmanager_job_task_operator_undertone_deadLetters"));
  }

  private static Map<String, Object> job() throws IOException {
    List<Map<String, Object>> jobs = Manifests.ofKind("FlinkDeployment");
    assertThat(jobs).hasSize(1);
    return jobs.get(0);
  }

  private static List<String> arguments() throws IOException {
    return ((List<?>) at(job(), "spec", "job", "args")).stream().map(Object::toString).toList();
  }
}
