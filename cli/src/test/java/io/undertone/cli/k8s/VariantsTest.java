package io.undertone.cli.k8s;

import static io.undertone.cli.k8s.Manifests.at;
import static io.undertone.cli.k8s.Manifests.list;
import static io.undertone.cli.k8s.Manifests.map;
import static io.undertone.cli.k8s.Manifests.number;
import static io.undertone.cli.k8s.Manifests.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.undertone.cli.CommandRun;
import io.undertone.jobs.EmotionJob;
import io.undertone.local.distribution.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Overlays that say the same in another form or size say the same. */
@Tag("kubectl")
class VariantsTest {
  private static final Overlay PRODUCTION = Overlay.named("production-cpu");

  /**
   * kustomize cannot move a specification into another resource, so a file repeats it.
   *
   * <p>With {@code -Dundertone.write-docs} the file is written anew.
   */
  @Test
  void blueAndGreenAreTheJobOfProduction() throws IOException {
    if (System.getProperty("undertone.write-docs") != null) {
      writeBlueGreen();
    }
    Overlay overlay = Overlay.named("blue-green");

    assertThat(overlay.ofKind("FlinkDeployment")).isEmpty();
    assertThat(overlay.flinkDeployment()).isEqualTo(PRODUCTION.flinkDeployment());
  }

  private static void writeBlueGreen() throws IOException {
    String options = text(PRODUCTION.get("ConfigMap", "undertone-job"), "metadata", "name");
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("apiVersion", "flink.apache.org/v1beta1");
    resource.put("kind", "FlinkBlueGreenDeployment");
    resource.put("metadata", Map.of("name", "undertone-emotion"));
    Map<String, Object> spec = new LinkedHashMap<>();
    // The old job is kept for a while, idle consumers and all, in case the new one disappoints.
    spec.put(
        "configuration",
        Map.of("kubernetes.operator.bluegreen.deployment-deletion.delay", "1 min"));
    spec.put("template", Map.of("spec", PRODUCTION.flinkDeployment()));
    resource.put("spec", spec);
    String yaml =
        new ObjectMapper(
                new YAMLFactory()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR))
            .writeValueAsString(resource);
    Files.writeString(
        Manifests.FOLDER.resolve("overlays/blue-green/emotion-job.yaml"),
        "# Generated from production-cpu by VariantsTest: see docs/operations.md.\n"
            + yaml.replace(options, "undertone-job"));
  }

  @Test
  void withoutTheOperatorTheSettingsAreEqual() throws IOException {
    Overlay overlay = Overlay.named("without-operator");
    Map<String, Object> spec = PRODUCTION.flinkDeployment();
    Map<String, String> expected = new TreeMap<>();
    map(spec, "flinkConfiguration").forEach((name, value) -> expected.put(name, value.toString()));
    // What only Flink's operator and native pods use.
    expected
        .keySet()
        .removeIf(name -> name.matches("(kubernetes\\.|job\\.autoscaler|containerized\\.).*"));
    expected.put("kubernetes.cluster-id", "undertone-emotion");
    expected.put("kubernetes.namespace", "undertone");
    expected.put("parallelism.default", text(spec, "job", "parallelism"));
    expected.put("jobmanager.memory.process.size", text(spec, "jobManager", "resource", "memory"));
    expected.put(
        "taskmanager.memory.process.size", text(spec, "taskManager", "resource", "memory"));

    Map<String, String> settings = new TreeMap<>();
    Manifests.parse(text(overlay.get("ConfigMap", "undertone-flink"), "data", "config.yaml"))
        .get(0)
        .forEach((name, value) -> settings.put(name, value.toString()));

    assertThat(settings).isEqualTo(expected);
  }

  /** As an assembled cluster with {@code LOG_FORMAT=json}, of which a test reads the log. */
  @Test
  void productionLogsJson(@TempDir Path folder) throws IOException {
    Path conf = Distribution.assemble(folder.resolve("deployment")).folder().resolve("conf");
    String json = Files.readString(conf.resolve("log4j-json.properties")).replaceAll("#.*\n", "");

    assertThat(text(PRODUCTION.flinkDeployment(), "logConfiguration", "log4j-console.properties"))
        .isEqualTo(json);
    Map<String, Object> flink =
        Overlay.named("without-operator").get("ConfigMap", "undertone-flink");
    assertThat(text(flink, "data", "log4j-console.properties")).isEqualTo(json);
  }

  @Test
  void withoutTheOperatorThePodsAreEqual() {
    Overlay overlay = Overlay.named("without-operator");
    Map<String, Object> spec = PRODUCTION.flinkDeployment();
    Map<String, Object> pod = map(spec, "podTemplate", "spec");

    for (String component : List.of("jobmanager", "taskmanager")) {
      Map<String, Object> deployment = overlay.get("Deployment", "undertone-emotion-" + component);
      Map<String, Object> container = map(Overlay.podOf(deployment), "containers", 0);
      String role = component.equals("jobmanager") ? "jobManager" : "taskManager";

      assertThat(at(deployment, "spec", "template", "spec", "securityContext"))
          .isEqualTo(at(pod, "securityContext"));
      assertThat(at(container, "image")).isEqualTo(at(spec, "image"));
      assertThat(list(container, "volumeMounts"))
          .containsAll(list(pod, "containers", 0, "volumeMounts"));
      assertThat(text(container, "env"))
          .contains(
              text(spec, "flinkConfiguration", "containerized.master.env.ENABLE_BUILT_IN_PLUGINS"));
      assertThat(text(container, "resources", "limits", "memory"))
          .isEqualTo(text(spec, role, "resource", "memory").replace("g", "Gi"));
      assertThat(at(Overlay.podOf(deployment), "topologySpreadConstraints"))
          .isEqualTo(at(spec, role, "podTemplate", "spec", "topologySpreadConstraints"));
    }
    Map<String, Object> jobManager = overlay.get("Deployment", "undertone-emotion-jobmanager");
    assertThat(list(Overlay.podOf(jobManager), "containers", 0, "args"))
        .isEqualTo(
            List.of(
                "standalone-job",
                "--host",
                "$(POD_IP)",
                "--job-classname",
                EmotionJob.class.getName(),
                "--options",
                "/etc/undertone/job/options.yaml"));
    assertThat(
            number(overlay.get("Deployment", "undertone-emotion-taskmanager"), "spec", "replicas"))
        .isEqualTo(number(spec, "job", "parallelism"));
  }

  @Test
  void theImageHasThePluginOfItsFlink() throws IOException {
    String dockerfile = Files.readString(Manifests.FOLDER.resolve("Dockerfile"));
    String plugin =
        text(
            PRODUCTION.flinkDeployment(),
            "flinkConfiguration",
            "containerized.master.env.ENABLE_BUILT_IN_PLUGINS");

    String version = plugin.replaceFirst("flink-s3-fs-presto-(.*)\\.jar", "$1");
    assertThat(dockerfile).contains("flink:" + version + "-java17");
    assertThat(text(PRODUCTION.flinkDeployment(), "flinkVersion"))
        .isEqualTo("v" + version.replaceFirst("(\\d+)\\.(\\d+)\\..*", "$1_$2"));
  }

  /** Figures of docs/performance.md: a core with AVX-512 BF16, and the live calls of a device. */
  @Test
  void twoZonesOfThreeCarryThePlannedCalls() {
    assertCarries(PRODUCTION, 1_000);
    assertCarries(Overlay.named("production-cpu-10000"), 10_000);
  }

  private static void assertCarries(Overlay overlay, long calls) {
    CommandRun plan =
        CommandRun.of(
            "plan",
            "--model",
            "../models/undertone-small",
            "--device",
            "core:112:2.36:8",
            "--calls",
            String.valueOf(calls),
            "--json");
    String json = plan.out().get(plan.out().size() - 1);
    long devices = Long.parseLong(json.replaceFirst(".*\"devices\":(\\d+).*", "$1"));
    int left = number(overlay.flinkDeployment(), "job", "parallelism") * 2 / 3;

    assertThat(left).isGreaterThanOrEqualTo(Math.toIntExact(devices));
    assertThat(left * 224L).isGreaterThanOrEqualTo(calls);
  }
}
