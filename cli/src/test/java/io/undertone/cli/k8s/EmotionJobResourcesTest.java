package io.undertone.cli.k8s;

import static io.undertone.cli.k8s.Manifests.at;
import static io.undertone.cli.k8s.Manifests.list;
import static io.undertone.cli.k8s.Manifests.map;
import static io.undertone.cli.k8s.Manifests.number;
import static io.undertone.cli.k8s.Manifests.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.model.torch.device.DeviceChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.metrics.otel.OpenTelemetryMetricReporterFactory;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.traces.otel.OpenTelemetryTraceReporterFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Flink's operator is told fits the job, and what the job needs is there. */
@Tag("kubectl")
class EmotionJobResourcesTest {
  /** Maven cannot resolve the parent of the artifact that has it; Flink's image has it. */
  private static final String GPU_DRIVERS =
      "org.apache.flink.externalresource.gpu.GPUDriverFactory";

  static Stream<Overlay> overlays() throws IOException {
    return Overlay.withOperator();
  }

  static Stream<Overlay> all() throws IOException {
    return Overlay.all();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void theJobIsStartedWithItsOptions(Overlay overlay) {
    Map<String, Object> job = map(overlay.flinkDeployment(), "job");

    assertThat(job)
        .containsEntry("entryClass", EmotionJob.class.getName())
        .containsEntry("jarURI", "local:///opt/flink/usrlib/undertone-jobs.jar")
        .containsEntry("upgradeMode", "savepoint");
    assertThat(list(job, "args").get(0)).isEqualTo("--options");
    assertThat(list(job, "args").get(1)).isEqualTo("/etc/undertone/job/options.yaml");
  }

  @ParameterizedTest
  @MethodSource("all")
  void theOptionsAreValid(Overlay overlay) throws Exception {
    JobOptions options = JobOptionsFile.parse(overlay.jobOptions());
    Map<String, Object> kafka = overlay.get("Kafka", "undertone");
    Object listener = at(kafka, "spec", "kafka", "listeners", 0);

    assertThat(options.get(KafkaOptions.BOOTSTRAP_SERVERS))
        .isEqualTo("undertone-kafka-bootstrap:" + number(listener, "port"));
    assertThat(text(listener, "authentication", "type")).isEqualTo("scram-sha-512");
    assertThat(overlay.jobOptions())
        .contains("model-dir: /opt/flink/models/")
        .doesNotContain("password=");
    String model = overlay.jobOptions().replaceFirst("(?s).*model-dir: /opt/flink/(\\S+).*", "$1");
    assertThat(Path.of("..").resolve(model)).isDirectory();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void flinkAndItsOperatorKnowEachSetting(Overlay overlay) {
    Map<String, Object> settings = settings(overlay);

    assertThat(settings.keySet()).allMatch(FlinkSettings::knows);
    assertThat(settings.values())
        .as("text, as Flink's operator wants it")
        .allMatch(String.class::isInstance);
    assertThat(settings)
        .containsEntry(
            "metrics.reporter.prom.factory.class", PrometheusReporterFactory.class.getName());
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void theSettingsOfMemoryAddUp(Overlay overlay) {
    Map<String, Object> spec = overlay.flinkDeployment();
    Configuration configuration = new Configuration();
    settings(overlay).forEach((name, value) -> configuration.setString(name, value.toString()));
    configuration.set(
        TaskManagerOptions.TOTAL_PROCESS_MEMORY,
        MemorySize.parse(text(spec, "taskManager", "resource", "memory")));
    configuration.set(
        JobManagerOptions.TOTAL_PROCESS_MEMORY,
        MemorySize.parse(text(spec, "jobManager", "resource", "memory")));

    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(configuration);

    assertThat(memory.getTaskHeapSize().getMebiBytes()).isGreaterThanOrEqualTo(384);
    assertThat(memory.getTaskOffHeapSize().getMebiBytes()).isGreaterThanOrEqualTo(1024);
    assertThat(memory.getManagedMemorySize()).isEqualTo(MemorySize.ZERO);
    assertThat(
            JobManagerProcessUtils.processSpecFromConfig(configuration)
                .getJvmHeapMemorySize()
                .getMebiBytes())
        .isGreaterThanOrEqualTo(384);
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void theParallelismFitsKeyGroupsPartitionsAndWhatMustStay(Overlay overlay) throws Exception {
    int parallelism = number(overlay.flinkDeployment(), "job", "parallelism");
    int most =
        Integer.parseInt(
            settings(overlay)
                .getOrDefault("job.autoscaler.vertex.max-parallelism", parallelism)
                .toString());
    int maxParallelism =
        JobOptionsFile.parse(overlay.jobOptions()).get(RuntimeOptions.MAX_PARALLELISM);
    int partitions = number(overlay.get("KafkaTopic", "audio-chunks"), "spec", "partitions");

    assertThat(maxParallelism).isEqualTo(720);
    assertThat(maxParallelism % parallelism).isZero();
    assertThat(maxParallelism % most).isZero();
    assertThat(partitions % parallelism).isZero();
    assertThat(partitions).isGreaterThanOrEqualTo(most);
    assertThat(
            number(
                overlay.get("PodDisruptionBudget", "undertone-taskmanagers"),
                "spec",
                "minAvailable"))
        .isEqualTo(parallelism - 1);
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void prometheusReadsThePortOfTheReporter(Overlay overlay) {
    int port = number(settings(overlay), "metrics.reporter.prom.port");

    assertThat(list(overlay.flinkDeployment(), "podTemplate", "spec", "containers", 0, "ports"))
        .containsExactly(Map.of("name", "metrics", "containerPort", port));
    assertThat(text(overlay.get("NetworkPolicy", "undertone-job"), "spec", "ingress"))
        .contains("port=" + port);
  }

  @Test
  void prometheusFindsThePods() {
    Overlay overlay = Overlay.named("production-cpu");
    Map<String, Object> monitor = overlay.get("PodMonitor", "undertone-emotion");

    assertThat(text(monitor, "spec", "podMetricsEndpoints", 0, "port")).isEqualTo("metrics");
    assertThat(at(monitor, "spec", "selector", "matchLabels"))
        .isEqualTo(at(overlay.flinkDeployment(), "podTemplate", "metadata", "labels"));
  }

  @Test
  void spansOfSomeCallsGoToACollector() throws Exception {
    Overlay overlay = Overlay.named("opentelemetry");
    Map<String, Object> settings = settings(overlay);
    String[] arguments =
        list(overlay.flinkDeployment(), "job", "args").stream()
            .skip(2)
            .map(Object::toString)
            .toArray(String[]::new);

    assertThat(JobOptions.parse(arguments).get(RuntimeOptions.TRACED_CALLS)).isEqualTo(0.01);
    assertThat(settings)
        .containsEntry(
            "metrics.reporter.otel.factory.class",
            OpenTelemetryMetricReporterFactory.class.getName())
        .containsEntry(
            "traces.reporter.otel.factory.class",
            OpenTelemetryTraceReporterFactory.class.getName());
    String port =
        text(settings, "traces.reporter.otel.exporter.endpoint").replaceFirst(".*:(\\d+)", "$1");
    assertThat(text(overlay.get("NetworkPolicy", "undertone-job"), "spec", "egress"))
        .contains("port=" + port);
  }

  @Test
  void aTaskManagerIsAGpu() {
    Overlay overlay = Overlay.named("production-gpu");
    Map<String, Object> settings = settings(overlay);
    int gpus = number(overlay.flinkDeployment(), "job", "parallelism");

    assertThat(settings)
        .containsEntry("taskmanager.numberOfTaskSlots", "1")
        .containsEntry("external-resource.gpu.amount", "1")
        .containsEntry("external-resource.gpu.driver-factory.class", GPU_DRIVERS)
        .containsEntry("external-resource.gpu.kubernetes.config-key", "nvidia.com/gpu")
        .containsEntry("job.autoscaler.vertex.max-parallelism", String.valueOf(gpus));
    assertThat(
            text(
                overlay.flinkDeployment(),
                "taskManager",
                "podTemplate",
                "spec",
                "tolerations",
                0,
                "key"))
        .isEqualTo("nvidia.com/gpu");
  }

  @Test
  void theJobComputesOnTheGpuThatItsTaskManagersAskFor() throws InvalidOptionException {
    List<Object> arguments = list(Overlay.named("production-gpu").flinkDeployment(), "job", "args");
    String[] withoutFile = arguments.stream().skip(2).map(Object::toString).toArray(String[]::new);

    assertThat(JobOptions.parse(withoutFile).device()).isEqualTo(DeviceChoice.parse("gpu"));
    assertThat(JobOptions.defaults().device()).isEqualTo(DeviceChoice.CPU);
  }

  private static Map<String, Object> settings(Overlay overlay) {
    return map(overlay.flinkDeployment(), "flinkConfiguration");
  }
}
